package org.ringdown.gateway.media.leg;

import com.google.common.base.Ticker;
import java.time.Duration;

/**
 * The clock of the media path and what is measured with it.
 *
 * @param silentAfter how long nothing must have come from a leg before it is called {@link
 *     PathState#SILENT}
 */
public record Timing(Ticker clock, Duration silentAfter) {}
