package org.ringdown.webrtc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.SerialMailbox;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.ServerMessage.Refused;
import org.ringdown.webrtc.signaling.ServerMessage.Reply;
import org.ringdown.webrtc.signaling.SignalingSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One signed-in page. It is attached to one connection at a time and for its grace time to none;
 * its calls do not notice. Everything happens in its mailbox, one thing after the other, so nothing
 * here is locked; the methods that other threads call only post.
 */
final class BrowserSession implements WebRtcSession, BrowserLeg.Owner {
  private static final Logger log = LoggerFactory.getLogger(BrowserSession.class);
  private static final int REPLACED = 4001;

  private final Identity identity;
  private final SessionSettings settings;
  private final WebRtcHandler handler;
  private final Sessions.Membership membership;
  private final SerialMailbox mailbox;
  private final SignalingSession signaling;
  private final CallTable calls;
  private final SignInTerm term;
  private final Absence absence;
  private final Texts texts;
  private final PageQuestions questions;
  private final AtomicInteger offered = new AtomicInteger();
  private @Nullable PageConnection connection;
  private volatile Grant grant;
  private boolean expired;
  private boolean over;

  BrowserSession(
      Identity identity,
      Grant grant,
      SessionSettings settings,
      WebRtcHandler handler,
      Sessions.Membership membership) {
    this.identity = identity;
    this.grant = grant;
    this.settings = settings;
    this.handler = handler;
    this.membership = membership;
    mailbox = new SerialMailbox(settings.executor());
    signaling = new SignalingSession(settings.codec(), settings.limits().memory());
    int maxCalls = settings.config().limits().callsPerSession();
    calls = new CallTable(this, handler, maxCalls, membership.userCalls());
    Duration notice = settings.config().expiry().notice();
    term = new SignInTerm(mailbox, settings.timers(), notice, new TermEvents());
    absence =
        new Absence(mailbox, settings.timers(), settings.config().grace(), new AbsenceEvents());
    texts = new Texts(this, this, handler);
    questions = new PageQuestions(this, handler, this::reply, event -> post(() -> emit(event)));
  }

  @Override
  public String id() {
    return identity.id();
  }

  @Override
  public String user() {
    return identity.user();
  }

  @Override
  public Grant grant() {
    return grant;
  }

  @Override
  public String device() {
    return identity.device();
  }

  @Override
  public WebRtcLeg offer(Incoming incoming, WebRtcLeg.Listener listener) {
    String call = "g-" + offered.incrementAndGet();
    BrowserLeg leg = BrowserLeg.incoming(this, call, incoming, listener);
    mailbox.post(
        () -> {
          if (over) {
            leg.lose();
          } else {
            calls.offer(leg, incoming);
          }
        });
    return leg;
  }

  @Override
  public CompletableFuture<Boolean> message(String fromUri, String fromDisplay, String text) {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    ServerMessage.Party from = new ServerMessage.Party(fromUri, fromDisplay);
    mailbox.post(
        () -> {
          boolean live = !over;
          if (live) {
            texts.deliver(from, text);
          }
          taken.complete(live);
        });
    return taken;
  }

  /** Whether this is the token that {@code welcome} gave. Takes the same time whatever it is. */
  boolean hasToken(String token) {
    return MessageDigest.isEqual(
        identity.resumeToken().getBytes(StandardCharsets.UTF_8),
        token.getBytes(StandardCharsets.UTF_8));
  }

  /** The first connection. */
  void begin(ClientMessage.Hello hello, PageConnection page) {
    mailbox.post(
        () -> {
          if (over) {
            page.refuseSignIn(hello, ReasonCode.SHUTTING_DOWN);
            return;
          }
          attach(page, hello);
          welcome(false);
          term.begin(grant.validFor());
          page.demand();
          handler.onSessionOpened(this);
        });
  }

  /** Another connection takes the place of the one before, lost or not. */
  void resume(ClientMessage.Hello hello, PageConnection page) {
    mailbox.post(
        () -> {
          Long ack = hello.ack();
          if (over) {
            page.refuseSignIn(hello, ReasonCode.UNAUTHORIZED);
          } else if (ack != null && !signaling.acknowledge(ack)) {
            page.refuse(ackBeyond(hello.id()));
          } else {
            if (connection != null) {
              connection.close(REPLACED, "resumed by another connection");
            }
            attach(page, hello);
            calls.resumed();
            signaling.replay();
            welcome(true);
            page.demand();
          }
        });
  }

  /** A message of the page. */
  void receive(ClientMessage message, PageConnection from) {
    mailbox.post(
        () -> {
          if (from == connection) {
            handle(message, from);
          } else {
            from.demand();
          }
        });
  }

  /**
   * A connection is gone. If it is the current one, the page is waited for.
   *
   * @param left whether the page went away, and not only its connection
   */
  void lost(PageConnection gone, boolean left) {
    mailbox.post(
        () -> {
          if (gone == connection) {
            connection = null;
            signaling.detach();
            absence.begin(left);
          }
        });
  }

  /** Ends the session; {@code done} runs when it is over. */
  void close(Ending ending, Runnable done) {
    mailbox.post(
        () -> {
          end(ending);
          done.run();
        });
  }

  @Override
  public void post(Runnable task) {
    mailbox.post(task);
  }

  @Override
  public void emit(LongFunction<Event> event) {
    if (!over && !signaling.emit(event)) {
      log.info("Session {}: too many unacknowledged events", id());
      close(Ending.OVERFLOWN, () -> {});
    }
  }

  @Override
  public void over(BrowserLeg leg) {
    calls.remove(leg);
    if (expired && calls.isEmpty()) {
      close(Ending.EXPIRED, () -> {});
    }
  }

  @Override
  public void signOut() {
    mailbox.post(() -> lapse(true));
  }

  private void lapse(boolean callsGoOn) {
    expired = true;
    if (calls.isEmpty() || !callsGoOn) {
      end(Ending.EXPIRED);
    }
  }

  /** Whether the sign-in holds no longer and only calls keep the session. */
  boolean isExpired() {
    return expired;
  }

  void reply(Reply reply) {
    signaling.reply(reply);
  }

  private void attach(PageConnection page, ClientMessage.Hello hello) {
    absence.end();
    connection = page;
    signaling.attach(page::send);
    page.signedIn(this);
    page.send(settings.codec().write(new ServerMessage.Ok(hello.id())));
  }

  private void welcome(boolean resumed) {
    emit(
        seq ->
            new ServerMessage.Welcome(
                seq,
                id(),
                identity.resumeToken(),
                resumed,
                settings.config().grace().resume().toSeconds(),
                user(),
                settings.iceServers(user()),
                calls.summaries()));
  }

  private void handle(ClientMessage message, PageConnection from) {
    Long ack = message.ack();
    String id = message.id();
    if (ack != null && !signaling.acknowledge(ack)) {
      from.refuse(ackBeyond(id));
      return;
    }
    try {
      from.accepted();
      if (id != null && !signaling.repeatReply(id)) {
        carryOut(message, id);
      }
    } finally {
      from.demand();
    }
  }

  private void carryOut(ClientMessage message, String id) {
    if (message instanceof ClientMessage.Call call) {
      calls.begin(call);
    } else if (message instanceof ClientMessage.OfCall ofCall) {
      calls.request(ofCall);
    } else if (message instanceof ClientMessage.Preflight preflight) {
      questions.preflight(preflight);
    } else if (message instanceof ClientMessage.LineTest test) {
      questions.lineTest(test);
    } else if (message instanceof ClientMessage.Message text) {
      reply(new ServerMessage.Ok(id));
      texts.pass(text);
    } else if (message instanceof ClientMessage.Ack) {
      reply(new ServerMessage.Ok(id));
    } else if (message instanceof ClientMessage.Goodbye) {
      reply(new ServerMessage.Ok(id));
      end(Ending.SIGNED_OUT);
    } else if (message instanceof ClientMessage.Hello hello) {
      helloAgain(hello);
    } else {
      throw new AssertionError(message);
    }
  }

  private void helloAgain(ClientMessage.Hello hello) {
    if (hello.credentials() instanceof ClientMessage.Credentials.Token token) {
      handler.signIn(token.token(), verdict -> mailbox.post(() -> renew(hello.id(), verdict)));
    } else {
      ReasonCode code = ReasonCode.WRONG_STATE;
      String text = "this session is signed in already; only a token can be renewed";
      reply(new Refused(hello.id(), code.code(), text, "", "/type"));
    }
  }

  private void renew(String id, WebRtcHandler.SignIn verdict) {
    if (over) {
      return;
    }
    if (verdict instanceof WebRtcHandler.SignIn.Refused refused) {
      reply(Refused.of(id, refused.code(), refused.text()));
    } else if (verdict instanceof WebRtcHandler.SignIn.Accepted accepted
        && !accepted.grant().user().equals(user())) {
      reply(Refused.of(id, ReasonCode.UNAUTHORIZED, "The token is for another user."));
    } else if (verdict instanceof WebRtcHandler.SignIn.Accepted accepted) {
      grant = accepted.grant();
      expired = false;
      reply(new ServerMessage.Ok(id));
      term.begin(grant.validFor());
    } else {
      throw new AssertionError(verdict);
    }
  }

  private void end(Ending ending) {
    if (over) {
      return;
    }
    term.cancel();
    absence.end();
    log.debug("Session {} ends: {}", id(), ending);
    if (ending == Ending.EXPIRED) {
      calls.endAll(ReasonCode.TOKEN_EXPIRED);
    }
    calls.loseAll();
    over = true;
    ReasonCode goodbye = ending.goodbye();
    if (goodbye != null) {
      signaling.emit(
          seq -> new ServerMessage.Goodbye(seq, goodbye.code(), ending.reconnectAfterMs()));
    }
    if (connection != null) {
      connection.close(ending.status(), ending.text());
      connection = null;
    }
    signaling.detach();
    membership.leave(this);
    handler.onSessionClosed(this);
  }

  private static Refused ackBeyond(@Nullable String id) {
    ReasonCode code = ReasonCode.BAD_REQUEST;
    return new Refused(id, code.code(), "/ack is beyond the last event", code.remedy(), "/ack");
  }

  /** What the end of the sign-in means. */
  private final class TermEvents implements SignInTerm.Listener {
    @Override
    public void onExpiring(long seconds) {
      emit(seq -> new ServerMessage.TokenExpiring(seq, seconds));
    }

    @Override
    public void onExpired() {
      lapse(settings.config().expiry().callsGoOn());
    }
  }

  /** What it means that the page does not come back. */
  private final class AbsenceEvents implements Absence.Listener {
    @Override
    public void onNotReloaded() {
      calls.endAll(ReasonCode.CONNECTION_LOST);
    }

    @Override
    public void onNotResumed() {
      end(Ending.NOT_RESUMED);
    }
  }

  /** Who the page is, and the token by which it can come back. */
  record Identity(String id, String resumeToken, String user, String device) {}
}
