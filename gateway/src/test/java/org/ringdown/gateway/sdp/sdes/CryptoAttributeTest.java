package org.ringdown.gateway.sdp.sdes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of RFC 4568, and what phones make of them. */
final class CryptoAttributeTest {
  private static final String KEY = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
  private static final String KEY_2 = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // sections 4.1, 6.1, 9.2 and 11.1, and the answers to them
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:32; 1; 32",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4; 1; 4",
        "2 AES_CM_128_HMAC_SHA1_80 inline:" + KEY_2 + "|2^20|1:4; 2; 4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY_2 + "|1048576|1066:4; 1; 4",
        "1 AES_CM_128_HMAC_SHA1_32 inline:" + KEY + "|2^20; 1; 0",
        "1 AES_CM_128_HMAC_SHA1_32 inline:" + KEY + "|1:4; 1; 4",
        "1 AES_CM_128_HMAC_SHA1_32 inline:" + KEY + "; 1; 0",
        "1 aes_cm_128_hmac_sha1_32  inline:" + KEY + " WSH=128; 1; 0",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " -NEW=1; 1; 0",
        "0 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "; 0; 0",
      })
  void theRfcsLinesAreUnderstood(String line, int tag, int mkiBytes) {
    CryptoAttribute crypto = CryptoAttribute.parse(line).orElseThrow();

    assertThat(crypto.tag()).isEqualTo(tag);
    assertThat(crypto.mkiBytes()).isEqualTo(mkiBytes);
    assertThat(crypto.master()).hasSize(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1 AES_CM_128_HMAC_SHA1_80",
        "1 AES_CM_128_HMAC_SHA1_80 " + KEY,
        "x AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
        "1234567890 AES_CM_128_HMAC_SHA1_80 inline:" + KEY,
        "1 F8_128_HMAC_SHA1_80 inline:" + KEY,
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^49",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|0",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:0",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|256:1",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:129",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|2^20",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|1:4|2^20",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:4;inline:" + KEY_2 + "|2^20|2:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1c",
        "1 AES_CM_128_HMAC_SHA1_80 inline:not*base64",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " KDR=1",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNENCRYPTED_SRTP",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " UNAUTHENTICATED_SRTP",
        "1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + " FEC_ORDER=FEC_SRTP",
        "1 AEAD_AES_128_GCM inline:" + KEY,
      })
  void aLineThatCannotBeUsedCountsAsNotSaid(String line) {
    assertThat(CryptoAttribute.parse(line)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(CryptoSuite suite) {
    CryptoAttribute own = CryptoAttribute.of(3, suite, new byte[suite.masterBytes()]);

    assertThat(CryptoAttribute.parse(own.value())).contains(own);
  }

  @Test
  void aPhoneMayLeaveThePaddingAway() {
    byte[] master = new byte[28];
    CryptoAttribute own = CryptoAttribute.of(1, CryptoSuite.AEAD_AES_128_GCM, master);

    assertThat(CryptoAttribute.parse(own.value().replace("=", ""))).contains(own);
  }

  @Test
  void noTextForLogsShowsAKey() {
    CryptoAttribute crypto =
        CryptoAttribute.parse("1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY).orElseThrow();

    assertThat(crypto.toString()).isEqualTo("1 AES_CM_128_HMAC_SHA1_80 inline:***");
  }
}
