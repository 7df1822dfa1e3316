package org.ringdown.sip.stack;

import gov.nist.javax.sip.SipProviderImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPDialog;
import gov.nist.javax.sip.stack.SIPTransaction;
import javax.sip.DialogState;
import javax.sip.message.Request;

/** A dialog of JAIN-SIP that bears PRACK and UPDATE before the answer. */
final class CallDialog extends SIPDialog {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_FAILURE = 300;

  CallDialog(SIPTransaction transaction) {
    super(transaction);
  }

  CallDialog(SIPClientTransaction transaction, SIPResponse fork) {
    super(transaction, fork);
  }

  CallDialog(SipProviderImpl provider, SIPResponse fork) {
    super(provider, fork);
  }

  /**
   * JAIN-SIP drops a PRACK that it does not expect without a word, so that the peer repeats it
   * until it gives up. Here each goes on, to be answered with 200 or 481 (RFC 3262 section 3).
   */
  @Override
  public boolean handlePrack(SIPRequest prack) {
    return true;
  }

  /**
   * JAIN-SIP ends an early dialog when any request in it is refused. Only the refusal of the INVITE
   * does (RFC 3261 section 12.3, RFC 5057 section 5.1).
   */
  @Override
  public void setLastResponse(SIPTransaction transaction, SIPResponse response) {
    boolean refused = response.getStatusCode() >= FIRST_FAILURE;
    boolean ofInvite = response.getCSeq().getMethod().equals(Request.INVITE);
    if (ofInvite || !refused || getState() != DialogState.EARLY) {
      super.setLastResponse(transaction, response);
    }
  }
}
