package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ringdown.gateway.config.WebSettings.Turn;
import org.ringdown.webrtc.WebRtcConfig.IceServer;

/**
 * Credentials for a TURN server that shares a secret with us: the user name says until when they
 * hold, and the password proves that we said so (draft-uberti-behave-turn-rest-00 section 2.2,
 * coturn's {@code use-auth-secret}). The secret itself reaches no page. Safe from any thread.
 */
record TurnCredentials(Turn turn, Clock clock) {
  /** The draft and coturn know no other. */
  private static final String ALGORITHM = "HmacSHA1";

  /** The server with credentials of the user's own; empty if there is no such server. */
  ImmutableList<IceServer> of(String user) {
    if (turn.urls().isEmpty()) {
      return ImmutableList.of();
    }
    long expiry = clock.instant().plus(turn.lifetime()).getEpochSecond();
    String username = expiry + ":" + user;
    return ImmutableList.of(new IceServer(turn.urls(), username, credential(username)));
  }

  private String credential(String username) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      byte[] key = turn.secret().value().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] proof = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(proof);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
