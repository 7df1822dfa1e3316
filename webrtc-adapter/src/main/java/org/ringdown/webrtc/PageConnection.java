package org.ringdown.webrtc;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcHandler.SignIn;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ClientMessage.Credentials;
import org.ringdown.webrtc.signaling.ClientMessage.Hello;
import org.ringdown.webrtc.signaling.MalformedMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage.Refused;
import org.ringdown.webrtc.signaling.Timers;
import org.ringdown.webrtc.web.TextSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of a page: reads its messages, signs it in, and from then on hands them to its {@link
 * BrowserSession}. One frame is dealt with at a time, because the next is asked for only after it;
 * that is why the counters need no lock.
 */
final class PageConnection implements TextSocket.Listener {
  private static final Logger log = LoggerFactory.getLogger(PageConnection.class);

  /** What a browser says when its page is left or loaded anew (RFC 6455 section 7.4.1). */
  private static final int GOING_AWAY = 1001;

  private static final int POLICY_VIOLATION = 1008;
  private static final int TRY_AGAIN_LATER = 1013;

  /** A ping that is not answered for so long is repeated; less would hit pages on slow networks. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  /** Not logged further: the resume token follows. */
  private static final String WELCOME = "{\"type\":\"welcome\"";

  private final TextSocket socket;
  private final Sessions sessions;
  private final SessionSettings settings;
  private final WebRtcHandler handler;
  private final Visitors visitors;
  private final MessageRate rate;
  private final boolean counted;
  private final AtomicInteger silentPings = new AtomicInteger();
  private final Timers.Timer helloTimer;
  private volatile Timers.Timer pingTimer;
  private volatile @Nullable BrowserSession session;
  private volatile boolean left;
  private volatile boolean closed;
  private int errorsInARow;
  private int failedSignIns;

  PageConnection(
      TextSocket socket,
      Sessions sessions,
      SessionSettings settings,
      WebRtcHandler handler,
      Visitors visitors) {
    this.socket = socket;
    this.sessions = sessions;
    this.settings = settings;
    this.handler = handler;
    this.visitors = visitors;
    rate = new MessageRate(settings.config().limits().messagesPerSecond(), settings.ticker());
    counted = visitors.enter(address());
    if (!counted) {
      log.info("An address has as many sockets as it may have");
      socket.close(TRY_AGAIN_LATER, "too many sockets from this address");
    }
    Timers timers = settings.timers();
    helloTimer =
        timers.after(
            settings.limits().helloTimeout(),
            () -> socket.close(POLICY_VIOLATION, "no hello in time"));
    pingTimer = timers.after(settings.config().pingInterval(), this::onPingDue);
  }

  @Override
  public void onText(String text) {
    settings.executor().here(() -> read(text));
  }

  private void read(String text) {
    silentPings.set(0);
    try {
      dispatch(settings.codec().read(text));
    } catch (MalformedMessage e) {
      log.debug("Not understood: {}", e.code());
      refuse(e.reply());
    }
  }

  @Override
  public void onUnusable(TextSocket.Unusable what) {
    silentPings.set(0);
    int most = settings.config().limits().maxFrameBytes();
    refuse(
        refusal(
            null,
            ReasonCode.BAD_REQUEST,
            switch (what) {
              case BINARY -> "binary frames are not part of the protocol";
              case TOO_LONG -> "the frame is longer than " + most + " bytes";
            }));
  }

  @Override
  public void onPong() {
    silentPings.set(0);
  }

  @Override
  public void onClosed(int status) {
    left = status == GOING_AWAY;
    closed = true;
    if (counted) {
      visitors.leave(address());
    }
    helloTimer.cancel();
    pingTimer.cancel();
    BrowserSession attached = session;
    if (attached != null) {
      attached.lost(this, left);
    }
  }

  /** Lets the next frame in. */
  void demand() {
    socket.demand();
  }

  void send(String frame) {
    log.trace("to the page: {}", frame.startsWith(WELCOME) ? WELCOME : frame);
    socket.send(frame);
  }

  void close(int status, String reason) {
    socket.close(status, reason);
  }

  /** The session has this connection now. */
  void signedIn(BrowserSession session) {
    helloTimer.cancel();
    errorsInARow = 0;
    this.session = session;
    if (closed) {
      session.lost(this, left);
    }
  }

  /** The message was well-formed. */
  void accepted() {
    errorsInARow = 0;
  }

  /** Answers a fault of the page; too many in a row end the connection. */
  void refuse(Refused fault) {
    send(settings.codec().write(fault));
    errorsInARow++;
    if (errorsInARow >= settings.limits().errorsInARow()) {
      log.info("Closed a connection after {} faults in a row", errorsInARow);
      close(POLICY_VIOLATION, "too many errors in a row");
    } else {
      demand();
    }
  }

  /** Answers a sign-in that failed; too many end the connection. */
  void refuseSignIn(Hello hello, ReasonCode code) {
    refuseSignIn(hello, code, null);
  }

  private void refuseSignIn(Hello hello, ReasonCode code, @Nullable String text) {
    refuseSignIn(Refused.of(hello.id(), code, text));
  }

  private void refuseSignIn(Refused refused) {
    failedSignIns++;
    log.debug("Sign-in refused: {}", refused.code());
    if (failedSignIns >= settings.limits().signInsPerSocket()) {
      send(settings.codec().write(refused));
      close(POLICY_VIOLATION, "too many failed sign-ins");
    } else {
      answer(refused);
    }
  }

  private void answer(Refused refused) {
    send(settings.codec().write(refused));
    demand();
  }

  private void dispatch(ClientMessage message) {
    log.trace("from the page: {}", message);
    BrowserSession attached = session;
    if (!rate.take()) {
      refuse(refusal(message.id(), ReasonCode.OVERLOADED, "too many messages; slow down"));
    } else if (attached != null) {
      attached.receive(message, this);
    } else if (message instanceof Hello hello) {
      signIn(hello);
    } else {
      refuse(refusal(message.id(), ReasonCode.WRONG_STATE, "the first message must be hello"));
    }
  }

  private void signIn(Hello hello) {
    if (hello.credentials() instanceof Credentials.Resumption resumption) {
      Optional<BrowserSession> found = sessions.find(resumption);
      if (found.isPresent()) {
        found.get().resume(hello, this);
      } else {
        refuseResumption(hello);
      }
    } else if (visitors.signIns().allows(address())) {
      ask(hello);
    } else {
      log.info("An address has too many failed sign-ins and has to wait a minute");
      refuseSignIn(tooManyFailed(hello));
    }
  }

  /** There is no such session, or not any more. */
  void refuseResumption(Hello hello) {
    refuseSignIn(
        new Refused(
            hello.id(),
            ReasonCode.UNAUTHORIZED.code(),
            "This session is over.",
            "Sign in anew, with user and password or a token.",
            null));
  }

  private static Refused tooManyFailed(Hello hello) {
    return new Refused(
        hello.id(),
        ReasonCode.OVERLOADED.code(),
        "Too many sign-ins from this address have failed.",
        "Wait a minute, then try again.",
        null);
  }

  private void ask(Hello hello) {
    try {
      if (hello.credentials() instanceof Credentials.Password password) {
        judge(hello, handler.signIn(password.user(), password.password(), socket.remote()));
      } else if (hello.credentials() instanceof Credentials.Token token) {
        handler.signIn(token.token(), verdict -> judge(hello, verdict));
      } else {
        throw new AssertionError(hello);
      }
    } catch (RuntimeException e) {
      log.error("The check of a sign-in failed", e);
      judge(hello, new SignIn.Refused(ReasonCode.SERVER_ERROR, null));
    }
  }

  private void judge(Hello hello, SignIn verdict) {
    if (verdict instanceof SignIn.Accepted accepted) {
      sessions
          .open(accepted.grant(), hello.device())
          .ifPresentOrElse(
              opened -> opened.begin(hello, this),
              () ->
                  refuseSignIn(
                      hello, ReasonCode.OVERLOADED, "This user has as many sessions as may be."));
    } else if (verdict instanceof SignIn.Refused refused) {
      visitors.signIns().failed(address());
      settings
          .timers()
          .after(
              settings.limits().signInDelay(),
              () -> refuseSignIn(hello, refused.code(), refused.text()));
    } else {
      throw new AssertionError(verdict);
    }
  }

  private InetAddress address() {
    return socket.remote().getAddress();
  }

  private void onPingDue() {
    if (silentPings.incrementAndGet() > settings.limits().silentPings()) {
      log.debug("Dropped a socket that answers no ping");
      socket.cut();
      return;
    }
    socket.ping();
    later(patience(), this::onPongDue);
  }

  private void onPongDue() {
    if (silentPings.get() > 0) {
      onPingDue();
    } else {
      later(settings.config().pingInterval().minus(patience()), this::onPingDue);
    }
  }

  /** A quarter of the interval. */
  private Duration patience() {
    Duration interval = settings.config().pingInterval();
    Duration quarter = interval.dividedBy(4);
    Duration patience = quarter.compareTo(LEAST_PATIENCE) > 0 ? quarter : LEAST_PATIENCE;
    return patience.compareTo(interval) < 0 ? patience : interval;
  }

  private void later(Duration delay, Runnable task) {
    pingTimer = settings.timers().after(delay, task);
    if (closed) {
      pingTimer.cancel();
    }
  }

  private static Refused refusal(@Nullable String id, ReasonCode code, String message) {
    return new Refused(id, code.code(), message, code.remedy(), null);
  }
}
