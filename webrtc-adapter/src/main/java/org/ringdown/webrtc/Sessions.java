package org.ringdown.webrtc;

import com.google.common.collect.ImmutableList;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcSession;
import org.ringdown.webrtc.signaling.ClientMessage.Credentials;
import org.ringdown.webrtc.signaling.Tally;

/** The sessions that are open, by id. Safe from any thread. */
final class Sessions {
  private static final int ID_BYTES = 12;
  private static final int TOKEN_BYTES = 24;

  private final SessionSettings settings;
  private final WebRtcHandler handler;
  private final Tally perUser;
  private final Tally userCalls;
  private final Map<String, BrowserSession> open = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  Sessions(SessionSettings settings, WebRtcHandler handler) {
    this.settings = settings;
    this.handler = handler;
    perUser = new Tally(settings.config().limits().sessionsPerUser());
    userCalls = new Tally(settings.config().limits().callsPerUser());
  }

  /** A new session for a user that has signed in; empty if the user has as many as may be. */
  Optional<BrowserSession> open(Grant grant, String device) {
    if (!perUser.take(grant.user())) {
      return Optional.empty();
    }
    SessionIdentity identity =
        new SessionIdentity(random(ID_BYTES), random(TOKEN_BYTES), grant.user(), device);
    BrowserSession session =
        new BrowserSession(identity, grant, settings, handler, new Membership());
    open.put(session.id(), session);
    return Optional.of(session);
  }

  /** What a session takes part in as long as it is open. */
  final class Membership {
    /** The calls of each user over all sessions. */
    Tally userCalls() {
      return userCalls;
    }

    /** The session is over. */
    void leave(BrowserSession session) {
      open.remove(session.id());
      perUser.giveBack(session.user());
    }
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

  /** Those that are open. */
  ImmutableList<WebRtcSession> all() {
    return ImmutableList.copyOf(open.values());
  }

  /** Ends all sessions and waits until they are over, but no longer than {@code patience}. */
  void closeAll(Ending ending, Duration patience) {
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
