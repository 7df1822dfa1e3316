/**
 * The sound of load: RTP streams from both ends of a call, whose packets say when they were sent.
 * Start reading at {@link org.ringdown.gateway.testkit.load.media.Media}.
 */
@NullMarked
package org.ringdown.gateway.testkit.load.media;

import org.jspecify.annotations.NullMarked;
