package org.ringdown.webrtc;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ringdown.webrtc.signaling.ClientMessage.Credentials;

/** The sessions that are open, by id. Safe from any thread. */
final class Sessions {
  private static final int ID_BYTES = 12;
  private static final int TOKEN_BYTES = 24;

  private final SessionSettings settings;
  private final WebRtcHandler handler;
  private final Map<String, BrowserSession> open = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  Sessions(SessionSettings settings, WebRtcHandler handler) {
    this.settings = settings;
    this.handler = handler;
  }

  /** A new session for a user that has signed in. */
  BrowserSession open(String user, String device) {
    BrowserSession.Identity identity =
        new BrowserSession.Identity(random(ID_BYTES), random(TOKEN_BYTES), user, device);
    BrowserSession session =
        new BrowserSession(identity, settings, handler, gone -> open.remove(gone.id()));
    open.put(session.id(), session);
    return session;
  }

  /** The session that this is the token of. */
  Optional<BrowserSession> find(Credentials.Resumption resumption) {
    return Optional.ofNullable(open.get(resumption.session()))
        .filter(session -> session.hasToken(resumption.resumeToken()));
  }

  /** How many are open, those without a connection included. */
  int size() {
    return open.size();
  }

  /** Ends all sessions and waits until they are over, but no longer than {@code patience}. */
  void closeAll(BrowserSession.Ending ending, Duration patience) {
    var closing = open.values().toArray(new BrowserSession[0]);
    CountDownLatch left = new CountDownLatch(closing.length);
    for (BrowserSession session : closing) {
      session.close(ending, left::countDown);
    }
    try {
      boolean all = left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!all) {
        open.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
