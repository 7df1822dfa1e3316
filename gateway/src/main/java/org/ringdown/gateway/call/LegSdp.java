package org.ringdown.gateway.call;

/**
 * A session description and the leg it came from. The core carries it and never looks inside.
 *
 * @param leg the leg's name, which tells the forks of a callee apart
 * @param sdp the text, opaque here
 */
public record LegSdp(String leg, String sdp) {
  @Override
  public String toString() {
    return leg;
  }
}
