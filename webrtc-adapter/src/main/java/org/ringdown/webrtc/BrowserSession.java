package org.ringdown.webrtc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.ringdown.webrtc.page.CallTable;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.Page;
import org.ringdown.webrtc.page.PageQuestions;
import org.ringdown.webrtc.page.Texts;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.SerialMailbox;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.ServerMessage.Reply;
import org.ringdown.webrtc.signaling.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One signed-in page. It is attached to one connection at a time and for its grace time to none;
 * its calls do not notice. Everything happens in its mailbox, one thing after the other, so nothing
 * here is locked; the methods that other threads call only post.
 */
final class BrowserSession implements Page {
  private static final Logger log = LoggerFactory.getLogger(BrowserSession.class);

  private final SessionIdentity identity;
  private final SessionSettings settings;
  private final WebRtcHandler handler;
  private final Sessions.Membership membership;
  private final SerialMailbox mailbox;
  private final Attachment attachment;
  private final CallTable calls;
  private final SessionSignIn signIn;
  private final Absence absence;
  private final Texts texts;
  private final PageQuestions questions;
  private boolean over;

  BrowserSession(
      SessionIdentity identity,
      Grant grant,
      SessionSettings settings,
      WebRtcHandler handler,
      Sessions.Membership membership) {
    this.identity = identity;
    this.settings = settings;
    this.handler = handler;
    this.membership = membership;
    mailbox = new SerialMailbox(settings.executor());
    attachment = new Attachment(settings);
    calls = new CallTable(this, handler, settings.callLimits(), membership.userCalls());
    signIn = new SessionSignIn(this, grant, settings, mailbox, handler, this::onLapsed);
    absence =
        new Absence(mailbox, settings.timers(), settings.config().grace(), new AbsenceEvents());
    texts = new Texts(this, handler);
    questions = new PageQuestions(this, handler);
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
    return signIn.grant();
  }

  @Override
  public String device() {
    return identity.device();
  }

  @Override
  public WebRtcLeg offer(Incoming incoming, WebRtcLeg.Listener listener) {
    return calls.offer(incoming, listener);
  }

  @Override
  public CompletableFuture<Boolean> message(String fromUri, String fromDisplay, String text) {
    return texts.deliver(new ServerMessage.Party(fromUri, fromDisplay), text);
  }

  boolean hasToken(String token) {
    return identity.hasToken(token);
  }

  /** The first connection. */
  void begin(ClientMessage.Hello hello, PageConnection page) {
    mailbox.post(
        () -> {
          if (over) {
            page.refuseSignIn(hello, ReasonCode.SHUTTING_DOWN);
            return;
          }
          handler.onSessionOpened(this); // first, so that whoever is welcome can be called
          attach(page, hello);
          welcome(false);
          signIn.begin();
          page.demand();
        });
  }

  /** Another connection takes the place of the one before, lost or not. */
  void resume(ClientMessage.Hello hello, PageConnection page) {
    mailbox.post(
        () -> {
          if (over) {
            page.refuseResumption(hello);
          } else if (attachment.acknowledged(hello, page)) {
            attach(page, hello);
            calls.resumed();
            attachment.replay();
            welcome(true);
            page.demand();
          }
        });
  }

  /** A message of the page. */
  void receive(ClientMessage message, PageConnection from) {
    mailbox.post(
        () -> {
          if (attachment.isBy(from)) {
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
          if (attachment.detach(gone)) {
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
  public Timers.Timer after(Duration delay, Runnable task) {
    return settings.timers().after(delay, () -> post(task));
  }

  @Override
  public void emit(LongFunction<Event> event) {
    if (!over && !attachment.emit(event)) {
      log.info("Session {}: too many unacknowledged events", id());
      close(Ending.OVERFLOWN, () -> {});
    }
  }

  @Override
  public void onCallOver() {
    if (isExpired() && calls.isEmpty()) {
      close(Ending.EXPIRED, () -> {});
    }
  }

  @Override
  public void signOut() {
    mailbox.post(signIn::takeBack);
  }

  private void onLapsed(boolean callsGoOn) {
    if (calls.isEmpty() || !callsGoOn) {
      end(Ending.EXPIRED);
    }
  }

  @Override
  public boolean isExpired() {
    return signIn.isExpired();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void reply(Reply reply) {
    attachment.reply(reply);
  }

  private void attach(PageConnection page, ClientMessage.Hello hello) {
    absence.end();
    attachment.attach(page, this, hello);
  }

  private void welcome(boolean resumed) {
    emit(seq -> settings.welcome(seq, identity, resumed, calls.summaries()));
  }

  private void handle(ClientMessage message, PageConnection from) {
    if (!attachment.acknowledged(message, from)) {
      return;
    }
    String id = message.id();
    try {
      from.accepted();
      if (id != null && !attachment.repeatReply(id)) {
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
      signIn.again(hello);
    } else {
      throw new AssertionError(message);
    }
  }

  private void end(Ending ending) {
    if (over) {
      return;
    }
    signIn.end();
    absence.end();
    log.debug("Session {} ends: {}", id(), ending);
    if (ending == Ending.EXPIRED) {
      calls.endAll(ReasonCode.TOKEN_EXPIRED);
    }
    calls.loseAll();
    over = true;
    attachment.end(ending);
    membership.leave(this);
    handler.onSessionClosed(this);
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
}
