package org.ringdown.sip;

import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * What {@link JainListener} tells a leg. Called on JAIN-SIP's threads, in parallel; each call only
 * posts to the leg's mailbox.
 */
interface LegEvents {
  /** A request within the dialog, or the CANCEL of its INVITE, to be answered. */
  void onRequest(Request request, ServerTransaction transaction);

  /** An ACK of a 2xx of ours. */
  void onAck(Request ack);

  /** No ACK of a 2xx of ours came within 64*T1. */
  void onAckMissing();

  /** A response, with the dialog it belongs to if it makes or has one. */
  void onResponse(Response response, @Nullable Dialog dialog);

  /** No final response to a request of ours within 64*T1. */
  void onTimeout(ClientTransaction transaction);

  /** A dialog of ours stayed early for too long. */
  void onEarlyTooLong();
}
