package org.ringdown.gateway.sdp;

import java.util.List;

/**
 * From one leg's RTP payload types to the other's, in both directions. Immutable, safe from any
 * thread, without allocation: made for every packet.
 */
public final class PayloadMap {
  /** What a payload type is mapped to that the other leg has not agreed on: drop the packet. */
  public static final int NONE = -1;

  private PayloadMap() {}

  /**
   * Pairs the codecs that match, each with the first of the other side that is still free.
   *
   * @param caller codecs in use on the calling leg
   * @param callee codecs in use on the called leg
   */
  public static PayloadMap between(List<Codec> caller, List<Codec> callee) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The called leg's payload type for a packet of the calling leg, or {@link #NONE}. */
  public int toCallee(int payloadType) {
    return NONE;
  }

  /** The calling leg's payload type for a packet of the called leg, or {@link #NONE}. */
  public int toCaller(int payloadType) {
    return NONE;
  }
}
