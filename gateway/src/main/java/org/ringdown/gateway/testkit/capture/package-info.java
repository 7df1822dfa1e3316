/**
 * Captures of networks as files (pcap), and the RTP in them. Knows no network and no clock; start
 * reading at {@link org.ringdown.gateway.testkit.capture.RtpCapture}.
 */
@NullMarked
package org.ringdown.gateway.testkit.capture;

import org.jspecify.annotations.NullMarked;
