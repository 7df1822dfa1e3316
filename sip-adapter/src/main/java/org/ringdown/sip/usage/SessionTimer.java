package org.ringdown.sip.usage;

import java.time.Duration;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.message.SessionExpires;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.transaction.Alarms;
import org.ringdown.sip.transaction.Wiring;

/**
 * The session timer of one dialog (RFC 4028): each 2xx to an INVITE or UPDATE, of either side, sets
 * it anew. The peer is asked to refresh if it can; where it is for us, that is done at half time. A
 * session that nobody refreshed ends. Not thread-safe: used within one leg's mailbox.
 */
public final class SessionTimer {
  private static final int LATEST_BYE_SECONDS = 32;

  /** What becomes of the session. */
  interface Session {
    /** It is time for us to refresh the session. */
    void refresh();

    /** Nobody has refreshed it. */
    void expired();
  }

  private final Session session;
  private final Wiring wiring;
  private final DialogOwner owner;
  private DialogPolicy.@Nullable Timer policy = DialogPolicy.USUAL.timer();
  private int seconds = SessionExpires.USUAL_SECONDS;
  private int leastSeconds = SessionExpires.LEAST_SECONDS;
  private boolean weRefresh;
  private Alarms.Alarm refresh = Alarms.NONE;
  private Alarms.Alarm expiry = Alarms.NONE;

  /** A timer that does not run yet. */
  public SessionTimer(Session session, Wiring wiring, DialogOwner owner) {
    this.session = session;
    this.wiring = wiring;
    this.owner = owner;
  }

  /** Before anything is agreed: what is wanted; null for no timer. */
  public void follow(DialogPolicy.@Nullable Timer wanted) {
    policy = wanted;
    if (wanted != null) {
      seconds = Math.max(wanted.seconds(), SessionExpires.LEAST_SECONDS);
    }
  }

  /** Says in our 2xx what comes of the peer's wish, and begins (RFC 4028 section 9). */
  void accept(Request request, Response success) {
    SessionExpires asked = SessionExpires.in(request);
    boolean supported = SessionExpires.isSupported(request);
    DialogPolicy.Timer wanted = policy;
    if (wanted == null || (asked == null && !supported)) {
      close();
      return;
    }
    int wish = asked == null ? seconds : Math.min(asked.seconds(), seconds);
    int agreed = Math.max(wish, SessionExpires.leastSeconds(request));
    SessionExpires.Refresher refresher = refresher(asked, supported, wanted);
    new SessionExpires(agreed, refresher).putInto(success);
    if (refresher == SessionExpires.Refresher.UAC) {
      SipMessages.set(success, "Require", "timer");
    }
    begin(agreed, refresher == SessionExpires.Refresher.UAS);
  }

  /** RFC 4028 section 9, table 2. */
  private static SessionExpires.Refresher refresher(
      @Nullable SessionExpires asked, boolean supported, DialogPolicy.Timer wanted) {
    if (!supported) {
      return SessionExpires.Refresher.UAS;
    }
    SessionExpires.Refresher wish = asked == null ? null : asked.refresher();
    return wish == null ? wanted.inOurResponse() : wish;
  }

  /** Asks for the timer in a request of ours within the dialog. */
  void ask(Request request) {
    if (policy == null) {
      SipMessages.set(request, "Supported", SipMessages.RELIABLE);
      return;
    }
    SessionExpires.Refresher same =
        weRefresh ? SessionExpires.Refresher.UAC : SessionExpires.Refresher.UAS;
    ask(request, new SessionExpires(seconds, same), leastSeconds);
  }

  /** Asks for a timer in any request of ours. */
  public static void ask(Request request, SessionExpires wish, int leastSeconds) {
    wish.putInto(request);
    if (leastSeconds > SessionExpires.LEAST_SECONDS) {
      SessionExpires.putLeastInto(request, leastSeconds);
    }
  }

  /** The 2xx to a request of ours; without Session-Expires the session has no end. */
  void agreed(Response success) {
    SessionExpires agreed = SessionExpires.in(success);
    if (agreed == null || policy == null) {
      close();
    } else {
      int atLeast = Math.max(agreed.seconds(), SessionExpires.LEAST_SECONDS);
      begin(atLeast, agreed.refresher() != SessionExpires.Refresher.UAS);
    }
  }

  /** A 422 to a request of ours: whether it is worth another try, with the peer's least time. */
  boolean mayTryAgain(Response tooBrief) {
    int least = SessionExpires.leastSeconds(tooBrief);
    boolean more = least > leastSeconds;
    leastSeconds = Math.max(least, leastSeconds);
    seconds = Math.max(seconds, leastSeconds);
    return more;
  }

  private void begin(int agreedSeconds, boolean refreshedByUs) {
    close();
    seconds = agreedSeconds;
    weRefresh = refreshedByUs;
    int early = weRefresh ? 0 : Math.min(LATEST_BYE_SECONDS, seconds / 3);
    expiry = in(seconds - early, session::expired);
    if (weRefresh) {
      refresh = in(seconds / 2, session::refresh);
    }
  }

  private Alarms.Alarm in(int delaySeconds, Runnable task) {
    Duration delay = wiring.timers().sessionSecond().multipliedBy(delaySeconds);
    return wiring.alarms().in(delay, () -> owner.post(task));
  }

  /** Stops the timer. */
  void close() {
    refresh.cancel();
    expiry.cancel();
  }
}
