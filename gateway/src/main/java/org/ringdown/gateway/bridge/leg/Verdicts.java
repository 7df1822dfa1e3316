package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict.Direction;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict.Hop;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * What was found wrong with the media of one call, and when. Belongs to the call's executor. The
 * judgement itself is made of the figures that the media engine gives as evidence.
 */
public final class Verdicts {
  private static final int KEPT = 16;

  private final EvictingQueue<ImmutableMap<String, Object>> found = EvictingQueue.create(KEPT);

  /** Keeps a verdict on a leg. */
  public void add(Instant at, LegRef leg, Verdict verdict) {
    found.add(
        ImmutableMap.<String, Object>builder()
            .put("at", at.toString())
            .put("leg", leg.name())
            .put("code", verdict.code().code())
            .put("hop", verdict.hop().text())
            .put("direction", verdict.direction().text())
            .put("text", verdict.text())
            .put("remedy", verdict.remedy())
            .buildOrThrow());
  }

  /** The last ones, oldest first. */
  public ImmutableList<ImmutableMap<String, Object>> views() {
    return ImmutableList.copyOf(found);
  }

  /** On a leg that is joined with another and sends nothing. */
  static Verdict onSilence(LegRef leg, ImmutableMap<String, Object> evidence) {
    boolean never = packetsIn(evidence) == 0;
    if (leg.dialect() == Dialect.WEBRTC) {
      return new Verdict(
          ReasonCode.NO_RTP_FROM_BROWSER,
          Hop.BROWSER,
          Direction.FROM_BROWSER,
          never
              ? "No sound has come from the browser, although its path is up."
              : "The browser has stopped sending sound.",
          never
              ? "Check the microphone and its permission, and that the page sends an audio track."
              : "Check whether the microphone was unplugged or another program took it.");
    }
    return new Verdict(
        ReasonCode.NO_RTP_FROM_SIP,
        Hop.PHONE,
        Direction.FROM_PHONE,
        never ? "No sound has come from the phone." : "The phone has stopped sending sound.",
        never
            ? ReasonCode.NO_RTP_FROM_SIP.remedy()
            : "Check the phone's network. Some phones send nothing while they are muted.");
  }

  /** On a path to a browser that never came up. */
  static Verdict onPath(ReasonCode code, ImmutableMap<String, Object> evidence) {
    Map<?, ?> transport = evidence.get("transport") instanceof Map<?, ?> seen ? seen : Map.of();
    return new Verdict(
        code,
        Hop.BROWSER,
        Direction.BOTH,
        text(transport, "failure").orElse(code.sentence()),
        text(transport, "remedy").orElse(code.remedy()));
  }

  private static Optional<String> text(Map<?, ?> figures, String name) {
    return Optional.ofNullable(figures.get(name)).map(String::valueOf);
  }

  private static long packetsIn(ImmutableMap<String, Object> evidence) {
    Object streams = evidence.get("streams");
    return !(streams instanceof Collection<?> all)
        ? 0
        : all.stream()
            .map(stream -> stream instanceof Map<?, ?> figures ? figures.get("packetsIn") : null)
            .mapToLong(packets -> packets instanceof Number count ? count.longValue() : 0)
            .sum();
  }
}
