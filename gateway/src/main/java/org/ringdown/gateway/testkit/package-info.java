/**
 * The test kit: plays SIP phones and WebRTC pages against a gateway, as call scripts say. {@link
 * org.ringdown.gateway.testkit.CallTest} is the command. Nothing else of Ringdown imports it.
 */
@NullMarked
package org.ringdown.gateway.testkit;

import org.jspecify.annotations.NullMarked;
