package org.ringdown.sip.call;

import com.google.common.collect.ImmutableMap;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.Replaces;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.usage.InviteUsage;

/**
 * What a leg does as the one who calls ({@link UacRole}) or is called ({@link UasRole}): all that
 * the two do not share. Not thread-safe: used within the leg's mailbox, but for what says
 * otherwise.
 */
interface Role {
  /** Lets events find the leg, and posts what it does first; once, on any thread. */
  void begin();

  /** The Call-ID. Safe from any thread. */
  String callId();

  /** Who listens to the leg. Safe from any thread. */
  SipLeg.Listener listener();

  /** Whether a Replaces header with the Call-ID means the dialog. Safe from any thread. */
  boolean isNamedBy(Replaces name);

  /** Whether the leg is over. */
  boolean isOver();

  /** What goes on in the dialog; null as long as there is none that is the call. */
  @Nullable InviteUsage dialog();

  /** The same, once offers may be made and digits sent in it (RFC 3261 section 14.1). */
  @Nullable InviteUsage confirmed();

  /** The same, or an early dialog whose peer has asked for something. */
  @Nullable InviteUsage speaking();

  /** Header fields for the next message that is about the call as a whole. */
  void say(ImmutableMap<String, String> headers);

  /** As {@link SipLeg#ring}. */
  default void ring() {}

  /** As {@link SipLeg#progress}. */
  default void progress(String sdp) {}

  /** As {@link SipLeg#answer}. */
  default void answer(String sdp) {}

  /** As {@link SipLeg#challenge}. */
  default void challenge() {}

  /** The status that refuses a peer who does not fit a policy; 0 if it fits. From any thread. */
  default int objection(DialogPolicy wanted) {
    return 0;
  }

  /** Uses these extensions, or refuses with a status that is not 0. */
  default void follow(DialogPolicy wanted, int refusal) {}

  /** Whether this is the answer to an offer that our INVITE has asked for; it is sent then. */
  default boolean answersFirst(String sdp) {
    return false;
  }

  /** As {@link SipLeg#end}. */
  void end(SipStatus status);

  /** A fault of ours ends the leg; nothing of it is left behind. */
  void abandon(SipEnd end);

  /** The dialog is over, and the listener has been told what it had to be told. */
  void over();

  /** A request in the dialog, or the CANCEL of its INVITE. */
  void onRequest(Request request, ServerTransaction of);

  /** A response to one of our requests. */
  void onResponse(Response response, @Nullable Dialog dialog);

  /** An ACK of a 2xx of ours. */
  void onAck(Request ack);

  /** No ACK of a 2xx of ours came. */
  void onAckMissing();

  /** A request of ours got no final response. */
  void onTimeout(ClientTransaction of);

  /**
   * A dialog of ours stayed early for too long. How long a caller waits is for the holder to say.
   */
  default void onEarlyTooLong() {}

  /** Takes a challenge to a request in the dialog; whether it may be sent again. */
  default boolean challenged(Response response) {
    return false;
  }

  /** Adds the credentials that were asked for so far. */
  default void authorize(Request request) {}
}
