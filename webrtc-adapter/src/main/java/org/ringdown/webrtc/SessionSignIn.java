package org.ringdown.webrtc;

import java.time.Duration;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.Page;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcHandler.SignIn;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.SerialMailbox;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Refused;

/**
 * The sign-in of one session: what it grants, how long it holds, and how it is renewed. Belongs to
 * the session's mailbox, in which the lapse is called; only {@link #grant} is for any thread.
 */
final class SessionSignIn {
  private final Page page;
  private final WebRtcHandler handler;
  private final Lapse lapse;
  private final SignInTerm term;
  private final boolean callsGoOn;
  private volatile Grant grant;
  private boolean expired;

  SessionSignIn(
      Page page,
      Grant grant,
      SessionSettings settings,
      SerialMailbox mailbox,
      WebRtcHandler handler,
      Lapse lapse) {
    this.page = page;
    this.grant = grant;
    this.handler = handler;
    this.lapse = lapse;
    callsGoOn = settings.config().expiry().callsGoOn();
    Duration notice = settings.config().expiry().notice();
    term = new SignInTerm(mailbox, settings.timers(), notice, new TermEvents());
  }

  Grant grant() {
    return grant;
  }

  /** Whether it holds no longer. */
  boolean isExpired() {
    return expired;
  }

  /** Its time begins. */
  void begin() {
    term.begin(grant.validFor());
  }

  /** The session is over. */
  void end() {
    term.cancel();
  }

  /** The gateway takes it back; calls go on. */
  void takeBack() {
    lapse(true);
  }

  private void lapse(boolean callsGoOn) {
    expired = true;
    lapse.onLapsed(callsGoOn);
  }

  /** The page signs in once more. */
  void again(ClientMessage.Hello hello) {
    if (hello.credentials() instanceof ClientMessage.Credentials.Token token) {
      handler.signIn(token.token(), verdict -> page.post(() -> renew(hello.id(), verdict)));
    } else {
      ReasonCode code = ReasonCode.WRONG_STATE;
      String text = "this session is signed in already; only a token can be renewed";
      page.reply(new Refused(hello.id(), code.code(), text, "", "/type"));
    }
  }

  private void renew(String id, SignIn verdict) {
    if (page.isOver()) {
      return;
    }
    if (verdict instanceof SignIn.Refused refused) {
      page.reply(Refused.of(id, refused.code(), refused.text()));
    } else if (verdict instanceof SignIn.Accepted accepted
        && !accepted.grant().user().equals(page.user())) {
      page.reply(Refused.of(id, ReasonCode.UNAUTHORIZED, "The token is for another user."));
    } else if (verdict instanceof SignIn.Accepted accepted) {
      grant = accepted.grant();
      expired = false;
      page.reply(new ServerMessage.Ok(id));
      begin();
    } else {
      throw new AssertionError(verdict);
    }
  }

  private final class TermEvents implements SignInTerm.Listener {
    @Override
    public void onExpiring(long seconds) {
      page.emit(seq -> new ServerMessage.TokenExpiring(seq, seconds));
    }

    @Override
    public void onExpired() {
      lapse(callsGoOn);
    }
  }

  /** Hears that the sign-in holds no longer. */
  @FunctionalInterface
  interface Lapse {
    /** It has lapsed, and the calls with it unless they go on. */
    void onLapsed(boolean callsGoOn);
  }
}
