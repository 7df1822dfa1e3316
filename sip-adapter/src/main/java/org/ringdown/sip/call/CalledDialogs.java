package org.ringdown.sip.call;

import java.util.HashSet;
import java.util.Set;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.usage.InviteUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialogs that come of one INVITE of ours, one for each phone that a proxy forks it to (RFC
 * 3261 section 13.2.2.4). The first that is answered is the call; until then the one that asked for
 * something last may be spoken to. Not thread-safe: used within one leg's mailbox, but for {@link
 * #answeredBy} and {@link #isEarly}.
 */
final class CalledDialogs {
  private static final Logger LOG = LoggerFactory.getLogger(CalledDialogs.class);

  private final OutgoingInvite invite;
  private final DialogOwner owner;
  private final Wiring wiring;
  private final AskedOffers offers;
  private final EarlyDialogs early;
  private final Set<String> dropped = new HashSet<>();
  private @Nullable InviteUsage call;
  private @Nullable InviteUsage asking;
  private @Nullable String said;
  private volatile @Nullable String answeredBy;

  /** What a 2xx is. */
  enum Success {
    /** The answer: it has been acknowledged. */
    CALL,
    /** The answer, but its ACK cannot be sent. */
    NOT_ACKNOWLEDGED,
    /** It would have been the answer, but makes no dialog; it has been dealt with. */
    NO_DIALOG,
    /** One too many, which has been dealt with, or a copy. */
    STRAY
  }

  CalledDialogs(OutgoingInvite invite, DialogOwner owner, Wiring wiring) {
    this.invite = invite;
    this.owner = owner;
    this.wiring = wiring;
    this.offers = new AskedOffers(invite, owner.events());
    this.early = new EarlyDialogs(owner.events(), offers, this::begin);
  }

  private EarlyDialogs.Early begin(Dialog dialog) {
    DialogPath path = invite.path(dialog);
    InviteUsage made = new InviteUsage(path, owner, wiring, true);
    made.timer().follow(invite.policy().timer());
    String offer = invite.sdp();
    if (offer == null) {
      made.renegotiation().owesFirstAnswer();
    } else {
      made.renegotiation().saidFirst(offer);
      made.renegotiation().offersFirst();
    }
    return new EarlyDialogs.Early(path, made);
  }

  /** A provisional response; null if it is to be passed over. */
  EarlyDialogs.@Nullable Heard take(Response provisional, @Nullable Dialog dialog) {
    return early.take(provisional, dialog);
  }

  /**
   * A 2xx to the INVITE.
   *
   * @param wanted whether there may be a call yet
   */
  Success take2xx(Response response, @Nullable Dialog dialog, boolean wanted) {
    String tag = ((ToHeader) response.getHeader(ToHeader.NAME)).getTag();
    if (tag == null || dialog == null || dialog.getRemoteTarget() == null) {
      if (dialog != null) {
        dialog.delete(); // JAIN-SIP would send a BYE of the dialog only by it, and cannot.
      }
      return withoutDialog(response, String.valueOf(tag), wanted);
    }
    if (answeredBy == null && wanted) {
      answeredBy = tag;
      return establish(response, early.of(tag, dialog));
    }
    if (!tag.equals(answeredBy)) {
      new StrayFork(early.of(tag, dialog).path()).drop(response);
    }
    return Success.STRAY;
  }

  private Success withoutDialog(Response response, String tag, boolean wanted) {
    AnswerWithoutDialog answer = new AnswerWithoutDialog(invite, invite.sent());
    answer.acknowledge(response);
    if (dropped.add(tag)) {
      answer.hangUp(response);
    }
    return answeredBy == null && wanted ? Success.NO_DIALOG : Success.STRAY;
  }

  private Success establish(Response response, EarlyDialogs.Early dialog) {
    said = offers.heard(response, dialog);
    try {
      if (!offers.waitsFor(response)) {
        dialog.path().ack(Requests.cseq(response), null);
      }
    } catch (SipException e) {
      LOG.debug("{} ACK not sent: {}", invite.callId(), StackLog.cut(e.getMessage()));
      return Success.NOT_ACKNOWLEDGED;
    }
    call = dialog.usage();
    dialog.usage().answered(response);
    return Success.CALL;
  }

  /**
   * The SDP of whoever answered: that of the 2xx, or what the same phone has said before; null if
   * it said none.
   */
  @Nullable String answer() {
    String tag = answeredBy;
    return said == null && tag != null ? early.sdp(tag) : said;
  }

  /** Whether the INVITE asks for an offer, and some of those that came have no answer. */
  boolean owesAnswer() {
    return offers.areOpen();
  }

  /**
   * Answers the first of the offers that the INVITE has asked for.
   *
   * @throws SipException if the answer cannot be sent
   */
  void answerOffer(String sdp) throws SipException {
    offers.answer(sdp);
  }

  /** Ends the call; an offer of whoever answered goes without an answer. */
  void hangUp(SipStatus status) {
    try {
      offers.dropSuccess();
    } catch (SipException e) {
      LOG.debug("{} ACK not sent: {}", invite.callId(), StackLog.cut(e.getMessage()));
    }
    if (call != null) {
      call.hangUp(status);
    }
  }

  /** Whether a phone with this tag has given a sign of life; from any thread. */
  boolean isEarly(String tag) {
    return early.hasTag(tag);
  }

  /** What goes on in the dialog that was answered; null before. */
  @Nullable InviteUsage call() {
    return call;
  }

  /** The call or, before there is one, the dialog whose phone asked for something last. */
  @Nullable InviteUsage speaking() {
    return call == null ? asking : call;
  }

  /**
   * The dialog that a request belongs to; null if there is none, or if it is that of a fork which
   * has not become the call.
   */
  @Nullable InviteUsage concerned(Request request) {
    FromHeader from = (FromHeader) request.getHeader(FromHeader.NAME);
    EarlyDialogs.Early found = early.find(from.getTag());
    if (call != null) {
      return found != null && found.usage() == call ? call : null;
    }
    asking = found == null ? null : found.usage();
    return asking;
  }

  /** The tag of whoever answered; null before. Safe from any thread. */
  @Nullable String answeredBy() {
    return answeredBy;
  }
}
