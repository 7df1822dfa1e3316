package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.atomic.LongAdder;

/** What one path has seen, in packets. Safe from any thread. */
final class PathCounters {
  final LongAdder checks = new LongAdder();
  final LongAdder checksRefused = new LongAdder();
  final LongAdder dtlsReceived = new LongAdder();
  final LongAdder rtpReceived = new LongAdder();
  final LongAdder rtcpReceived = new LongAdder();
  final LongAdder rtpSent = new LongAdder();
  final LongAdder rtcpSent = new LongAdder();

  /** Received before the fingerprint was verified, not authentic, or replayed. */
  final LongAdder refused = new LongAdder();

  /** To be sent before there was a path, or with an index that had been used. */
  final LongAdder unsent = new LongAdder();

  void addTo(ImmutableMap.Builder<String, Object> evidence) {
    evidence
        .put("iceChecks", checks.sum())
        .put("iceChecksRefused", checksRefused.sum())
        .put("dtlsReceived", dtlsReceived.sum())
        .put("rtpReceived", rtpReceived.sum())
        .put("rtcpReceived", rtcpReceived.sum())
        .put("rtpSent", rtpSent.sum())
        .put("rtcpSent", rtcpSent.sum())
        .put("packetsRefused", refused.sum())
        .put("packetsUnsent", unsent.sum());
  }
}
