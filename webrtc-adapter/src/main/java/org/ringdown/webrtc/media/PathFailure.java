package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableMap;

/** Why a path never came up, as far as the gateway can see, and what can be done about it. */
enum PathFailure {
  NO_CHECK(
      "No ICE check of the browser has reached the gateway.",
      "Check that UDP from the browser to the gateway's media port is open, or configure TURN."),
  NO_CHECK_BY_RELAY(
      "The browser has no way but by TURN, and no ICE check has come out of the relay.",
      "Check that the TURN server may send UDP to the gateway's media port, and allows its"
          + " address as a peer."),
  OTHER_CREDENTIALS(
      "ICE checks came, but with other credentials than the gateway gave.",
      "The page must use the gateway's last answer as it is; check for a proxy that alters it."),
  NO_WAY_BACK(
      "ICE checks came, but the gateway's answers do not seem to reach the browser.",
      "Check that UDP from the gateway's media port back to the browser is open, or configure"
          + " TURN."),
  NOT_BACK(
      "The path to the browser was up, then nothing came any more, and it has not come back.",
      "Check the browser's network; a page restarts ICE by an offer when its network changes."),
  HANDSHAKE_TIMEOUT(
      "The DTLS handshake has begun and was not done in time.",
      "Check for packet loss, and for a firewall that drops large UDP packets."),
  HANDSHAKE(
      "The DTLS handshake failed.",
      "Reload the page; check for a proxy that alters session descriptions."),
  FINGERPRINT(
      "The browser's certificate is not the one its session description announced.",
      "Check for a proxy that alters session descriptions.");

  private final String sentence;
  private final String remedy;

  PathFailure(String sentence, String remedy) {
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** Says what it is and what can be done about it. */
  void addTo(ImmutableMap.Builder<String, Object> evidence) {
    evidence.put("failure", sentence);
    evidence.put("remedy", remedy);
  }
}
