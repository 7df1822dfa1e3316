package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.PayloadMap;
import org.ringdown.gateway.sdp.RelayedAnswer.Pair;

/** The calling leg and one called leg, and which of their streams belong together. */
final class Joint {
  private final MediaLeg caller;
  private final MediaLeg callee;
  private ImmutableList<Pair> pairs;

  Joint(MediaLeg caller, MediaLeg callee, ImmutableList<Pair> pairs) {
    this.caller = caller;
    this.callee = callee;
    this.pairs = pairs;
  }

  /** Lets packets pass as far as both legs want them; again after each change of the two. */
  void connect() {
    disconnect();
    for (Pair pair : pairs) {
      PayloadMap payloads = pair.payloads();
      connect(caller.stream(pair.caller()), callee.stream(pair.callee()), payloads::toCallee);
      connect(callee.stream(pair.callee()), caller.stream(pair.caller()), payloads::toCaller);
    }
  }

  private static void connect(
      @Nullable LegStream from, @Nullable LegStream to, IntUnaryOperator payloadTypes) {
    if (from != null && to != null) {
      from.route(new Route(from, to, payloadTypes));
    }
  }

  /** Lets nothing pass any more. */
  void disconnect() {
    caller.streams().forEach(stream -> stream.route(null));
    callee.streams().forEach(stream -> stream.route(null));
  }

  /** One of the legs has other payload types now. */
  void renumber() {
    pairs = pairs.stream().map(this::renumbered).collect(ImmutableList.toImmutableList());
  }

  private Pair renumbered(Pair pair) {
    PayloadMap payloads =
        PayloadMap.between(
            Agreement.codecs(caller.agreed(), pair.caller()),
            Agreement.codecs(callee.agreed(), pair.callee()));
    return new Pair(pair.caller(), pair.callee(), payloads);
  }
}
