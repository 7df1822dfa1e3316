package org.ringdown.gateway.sdp.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ringdown.gateway.sdp.relay.Reoffer;

/**
 * From one leg's RTP payload types to the other's, in both directions. Immutable, safe from any
 * thread, and cheap: it is asked for every packet.
 */
public final class PayloadMap {
  /** What a payload type is mapped to that the other leg has not agreed on: drop the packet. */
  public static final int NONE = -1;

  private static final int SIZE = 128;

  private final byte[] toCallee;
  private final byte[] toCaller;

  private PayloadMap(Builder builder) {
    this.toCallee = builder.toCallee.clone();
    this.toCaller = builder.toCaller.clone();
  }

  /**
   * Pairs the codecs that match, each with the first of the other side that is still free, and the
   * laws of G.711 where one side has only the other. Needed when a {@link Reoffer} has changed
   * payload types.
   *
   * @param caller codecs in use on the calling leg
   * @param callee codecs in use on the called leg
   */
  public static PayloadMap between(List<Codec> caller, List<Codec> callee) {
    List<Codec> free = new ArrayList<>(caller);
    Builder builder = new Builder();
    for (Codec codec : callee) {
      Optional<Codec> match = free.stream().filter(codec::matches).findFirst();
      match.ifPresent(found -> builder.add(found.payloadType(), codec.payloadType()));
      match.ifPresent(free::remove);
    }
    for (Codec codec : callee) {
      caller.stream()
          .filter(codec::isOtherLawOf)
          .forEach(law -> builder.convert(law.payloadType(), codec.payloadType()));
    }
    return builder.build();
  }

  /** The called leg's payload type for a packet of the calling leg, or {@link #NONE}. */
  public int toCallee(int payloadType) {
    return toCallee[payloadType & 0x7F];
  }

  /** The calling leg's payload type for a packet of the called leg, or {@link #NONE}. */
  public int toCaller(int payloadType) {
    return toCaller[payloadType & 0x7F];
  }

  /** A map being filled. */
  static final class Builder {
    private final byte[] toCallee = new byte[SIZE];
    private final byte[] toCaller = new byte[SIZE];

    Builder() {
      Arrays.fill(toCallee, (byte) NONE);
      Arrays.fill(toCaller, (byte) NONE);
    }

    /** One codec's numbers on the two legs. */
    Builder add(int caller, int callee) {
      toCallee[caller] = (byte) callee;
      toCaller[callee] = (byte) caller;
      return this;
    }

    /** Two codecs that are turned into each other, where no other pair has been found. */
    Builder convert(int caller, int callee) {
      if (toCallee[caller] == NONE) {
        toCallee[caller] = (byte) callee;
      }
      return alias(callee, caller);
    }

    /** A second number by which the called leg may send the codec, unless it means another. */
    Builder alias(int callee, int caller) {
      if (toCaller[callee] == NONE) {
        toCaller[callee] = (byte) caller;
      }
      return this;
    }

    PayloadMap build() {
      return new PayloadMap(this);
    }
  }
}
