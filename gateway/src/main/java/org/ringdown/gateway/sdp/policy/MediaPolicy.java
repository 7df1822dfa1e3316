package org.ringdown.gateway.sdp.policy;

import com.google.common.collect.ImmutableList;

/**
 * What is offered to a phone or a trunk, and what is accepted from it. Immutable, safe from any
 * thread.
 *
 * @param srtp whether media are encrypted
 * @param codecs the codecs that may be used, the best first; empty for all that the gateway relays,
 *     in the order of the other side of the call
 * @param dtmf how digits are sent
 */
public record MediaPolicy(SrtpPolicy srtp, ImmutableList<RelayedCodec> codecs, DtmfMethod dtmf) {
  /** Everything that the gateway relays, without encryption. */
  public static final MediaPolicy PLAIN =
      new MediaPolicy(SrtpPolicy.OFF, ImmutableList.of(), DtmfMethod.AUTO);

  /** The same with another rule of encryption. */
  public MediaPolicy with(SrtpPolicy other) {
    return new MediaPolicy(other, codecs, dtmf);
  }

  /**
   * The codecs for sound that are offered to it in a call of a browser, the first of them first:
   * its own order, or else that of browsers.
   */
  public ImmutableList<RelayedCodec> soundForBrowsers() {
    ImmutableList<RelayedCodec> allowed =
        codecs.isEmpty() ? ImmutableList.copyOf(RelayedCodec.values()) : codecs;
    return allowed.stream().filter(RelayedCodec::isSound).collect(ImmutableList.toImmutableList());
  }

  /** The place of a codec in the order; negative if it may not be used. */
  public int rank(String encoding) {
    if (RelayedCodec.TELEPHONE_EVENT.isEncoding(encoding) && !dtmf.hasEvents()) {
      return -1;
    }
    if (codecs.isEmpty()) {
      return 0;
    }
    for (int rank = 0; rank < codecs.size(); rank++) {
      if (codecs.get(rank).isEncoding(encoding)) {
        return rank;
      }
    }
    return -1;
  }
}
