package org.ringdown.gateway.sound;

import com.google.common.collect.ImmutableMap;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.ringdown.gateway.sdp.stream.Codec;

/**
 * What two sides have in common.
 *
 * @param payloadType of the sound
 * @param eventType of telephone-events, 0 if there are none
 * @param heard every payload type that may come, and what it holds
 */
public record Agreed(
    Voice voice, int payloadType, int eventType, ImmutableMap<Integer, Voice> heard) {
  private static final int RATE_HZ = 8000;

  /** What to answer an offer with: our first voice that the other side has too. */
  public static Optional<Agreed> of(List<Codec> offered, List<Voice> ours) {
    return choose(offered, ours, entry -> ours.indexOf(entry.getValue()));
  }

  /** What to speak after an answer: its first voice, as phones do. */
  public static Optional<Agreed> answered(List<Codec> answer) {
    return choose(answer, Voice.all(), entry -> 0);
  }

  private static Optional<Agreed> choose(
      List<Codec> theirs, List<Voice> ours, ToIntFunction<Map.Entry<Integer, Voice>> order) {
    int event =
        theirs.stream()
            .filter(codec -> codec.isTelephoneEvent() && codec.clockRateHz() == RATE_HZ)
            .mapToInt(Codec::payloadType)
            .findFirst()
            .orElse(0);
    ImmutableMap.Builder<Integer, Voice> heard = ImmutableMap.builder();
    for (Codec codec : theirs) {
      Voice.named(codec.name(), ours).ifPresent(voice -> heard.put(codec.payloadType(), voice));
    }
    ImmutableMap<Integer, Voice> common = heard.buildKeepingLast();
    return common.entrySet().stream()
        .min(Comparator.comparingInt(order))
        .map(first -> new Agreed(first.getValue(), first.getKey(), event, common));
  }

  /** The same where we answer with one codec alone. */
  public Agreed alone() {
    return new Agreed(voice, payloadType, eventType, ImmutableMap.of(payloadType, voice));
  }

  /** The formats of an {@code m=} line that says this. */
  public String formats() {
    return payloadType + (eventType == 0 ? "" : " " + eventType);
  }

  /** The attributes that go with it, one to a line. */
  public String attributes() {
    String sound = "a=rtpmap:" + payloadType + " " + voice.encoding() + "\r\n";
    return eventType == 0
        ? sound
        : sound
            + ("a=rtpmap:" + eventType + " telephone-event/8000\r\n")
            + ("a=fmtp:" + eventType + " 0-15\r\n");
  }
}
