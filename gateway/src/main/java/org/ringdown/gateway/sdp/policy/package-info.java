/**
 * What may be said to a phone, a PBX or a carrier about media, as the operator sets it. Pure data:
 * a leaf that imports nothing of Ringdown. Start at {@link
 * org.ringdown.gateway.sdp.policy.MediaPolicy}.
 */
@NullMarked
package org.ringdown.gateway.sdp.policy;

import org.jspecify.annotations.NullMarked;
