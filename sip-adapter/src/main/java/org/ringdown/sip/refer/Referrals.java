package org.ringdown.sip.refer;

import java.util.ArrayList;
import java.util.List;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;

/** The REFERs of one dialog. Not thread-safe: used within one leg's mailbox. */
public final class Referrals {
  private final DialogPath path;
  private final DialogOwner owner;
  private final Wiring wiring;
  private final List<ReferSubscription> open = new ArrayList<>();
  private boolean hadOne;

  /** Of the dialog with this path. */
  public Referrals(DialogPath path, DialogOwner owner, Wiring wiring) {
    this.path = path;
    this.owner = owner;
    this.wiring = wiring;
  }

  /** Hands a REFER to the holder of the leg, or refuses it where it cannot be understood. */
  public void onRefer(Request refer, ServerTransaction transaction) {
    ReferTo referTo = ReferTo.in(refer);
    if (referTo == null) {
      Response response = wiring.messages().response(refer, Response.BAD_REQUEST, "");
      SipMessages.set(
          response, "Warning", wiring.messages().warning("One Refer-To with a sip URI, please."));
      Responses.send(transaction, response);
      return;
    }
    ReferSubscription referral =
        new ReferSubscription(transaction, referTo, event(refer), path, owner, wiring);
    open.add(referral);
    owner.listener().onRefer(referral);
  }

  /** The second and later REFERs of a dialog are told apart by their CSeq (RFC 3515 2.4.6). */
  private String event(Request refer) {
    boolean first = !hadOne;
    hadOne = true;
    return first ? "refer" : "refer;id=" + Requests.cseq(refer);
  }

  /** The dialog is over. */
  public void end() {
    open.forEach(ReferSubscription::end);
    open.clear();
  }
}
