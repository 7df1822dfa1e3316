package org.ringdown.sip.dialog;

import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import org.ringdown.sip.JainListener;
import org.ringdown.sip.transaction.ResponseEvents;

/** What {@link JainListener} tells a leg, besides the responses to its requests. */
public interface LegEvents extends ResponseEvents {
  /** A request within the dialog, or the CANCEL of its INVITE, to be answered. */
  void onRequest(Request request, ServerTransaction transaction);

  /** An ACK of a 2xx of ours. */
  void onAck(Request ack);

  /** No ACK of a 2xx of ours came within 64*T1. */
  void onAckMissing();

  /** A dialog of ours stayed early for too long. */
  void onEarlyTooLong();
}
