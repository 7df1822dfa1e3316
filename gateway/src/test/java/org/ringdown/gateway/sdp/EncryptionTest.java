package org.ringdown.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.gateway.sdp.sdes.CryptoSuite;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** Keys in a phone's description, and what may be used without or with them. */
final class EncryptionTest {
  private static final String CRYPTO =
      "a=crypto:%d AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n";
  private static final CryptoAttribute OURS =
      CryptoAttribute.of(7, CryptoSuite.AES_CM_128_HMAC_SHA1_80, new byte[30]);
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddresses.forString("192.0.2.1"), 40_000);

  private static PlainSdp sdp(String protocol, String more) throws SdpException {
    return PlainSdp.read(
        "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
            + ("m=audio 4000 " + protocol + " 0\r\n" + more));
  }

  /** What each kind of offer becomes under each rule: refused, plain, or encrypted. */
  @ParameterizedTest
  @CsvSource({
    "RTP/AVP,   false, OFF,      plain",
    "RTP/AVP,   false, OPTIONAL, plain",
    "RTP/AVP,   false, REQUIRED, refused",
    "RTP/AVP,   true,  OFF,      plain",
    "RTP/AVP,   true,  OPTIONAL, encrypted",
    "RTP/AVP,   true,  REQUIRED, encrypted",
    "RTP/SAVP,  true,  OFF,      refused",
    "RTP/SAVP,  true,  OPTIONAL, encrypted",
    "RTP/SAVPF, true,  REQUIRED, encrypted",
    "RTP/SAVP,  false, OFF,      refused",
    "RTP/SAVP,  false, OPTIONAL, refused",
    "RTP/SAVP,  false, REQUIRED, refused",
  })
  void whatMayBeUsed(String protocol, boolean keys, SrtpPolicy policy, String becomes)
      throws SdpException {
    PlainSdp.Section section =
        sdp(protocol, keys ? CRYPTO.formatted(1) : "").under(policy).sections().get(0);

    String found =
        section.stream().refused() ? "refused" : section.keys().isEmpty() ? "plain" : "encrypted";
    assertThat(found).isEqualTo(becomes);
  }

  @Test
  void linesThatCannotBeUsedAreOverlooked() throws SdpException {
    String lines = "a=crypto:1 F8_128 inline:x\r\n" + CRYPTO.formatted(2) + "a=crypto:3\r\n";

    assertThat(sdp("RTP/SAVP", lines).sections().get(0).keys())
        .extracting(CryptoAttribute::tag)
        .containsExactly(2);
    assertThat(sdp("RTP/SAVP", "a=crypto:1 F8_128 inline:x\r\n").streams().get(0).refusal())
        .isEqualTo("RTP/SAVP without an a=crypto that is known");
  }

  @Test
  void theAnswerMirrorsTheOffersProtocolAndNamesOneKey() throws SdpException {
    PlainSdp offer = sdp("RTP/SAVP", CRYPTO.formatted(7));

    String answer =
        offer
            .answer(offer.streams(), List.of(LOCAL))
            .withKeys(List.of(ImmutableList.of(OURS)))
            .write(1, 1);

    assertThat(answer)
        .contains("m=audio 40000 RTP/SAVP 0\r\n")
        .containsOnlyOnce("a=crypto:")
        .contains("a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:" + "A".repeat(40) + "\r\n");
  }

  @Test
  void anOfferIsBestEffortUnlessEncryptionIsRequired() {
    PlainSdp offer =
        PlainSdp.offer(List.of(MediaStream.audio()), List.of(LOCAL))
            .withKeys(List.of(ImmutableList.of(OURS)));

    assertThat(offer.write(1, 1)).contains("m=audio 40000 RTP/AVP ").contains("a=crypto:7 ");
    assertThat(offer.overSavp().write(1, 1)).contains("m=audio 40000 RTP/SAVP ");
  }

  @Test
  void anAnswersKeyMustBelongToTheOffer() throws SdpException {
    ImmutableList<ImmutableList<CryptoAttribute>> offered =
        ImmutableList.of(ImmutableList.of(OURS));

    PlainSdp fits = sdp("RTP/AVP", CRYPTO.formatted(7)).answering(offered);
    PlainSdp otherTag = sdp("RTP/AVP", CRYPTO.formatted(1)).answering(offered);
    PlainSdp otherSuite =
        sdp("RTP/AVP", CRYPTO.formatted(7).replace("_80", "_32")).answering(offered);
    PlainSdp none = sdp("RTP/AVP", "").answering(offered);

    assertThat(fits.sections().get(0).keys()).hasSize(1);
    assertThat(otherTag.streams().get(0).refusal())
        .isEqualTo("its a=crypto answers none that was offered");
    assertThat(otherSuite.streams().get(0).refused()).isTrue();
    assertThat(none.streams().get(0).refused()).isFalse();
  }

  @Test
  void aDescriptionsTextForLogsShowsNoKey() throws SdpException {
    assertThat(sdp("RTP/SAVP", CRYPTO.formatted(1)).toString())
        .contains("inline:***")
        .doesNotContain("WVNf");
  }
}
