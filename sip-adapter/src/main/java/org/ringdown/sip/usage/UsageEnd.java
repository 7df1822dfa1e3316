package org.ringdown.sip.usage;

import com.google.common.collect.ImmutableMap;
import javax.sip.SipException;
import javax.sip.message.Message;
import javax.sip.message.Request;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.message.AdditionalHeaders;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an invite usage ends: by a BYE of ours, of the peer, or because the peer is gone. Once the
 * holder of the leg has been told, or wants to hear nothing more, it is not told again. Not
 * thread-safe: used within one leg's mailbox.
 */
final class UsageEnd {
  private static final Logger LOG = LoggerFactory.getLogger(UsageEnd.class);

  private final DialogPath path;
  private final DialogOwner owner;
  private final Runnable parts;
  private ImmutableMap<String, String> said = ImmutableMap.of();
  private boolean byeSent;
  private boolean silent;
  private boolean over;

  /**
   * Of a dialog that goes on.
   *
   * @param parts ends all that goes on in it; called once
   */
  UsageEnd(DialogPath path, DialogOwner owner, Runnable parts) {
    this.path = path;
    this.owner = owner;
    this.parts = parts;
  }

  /** Whether the dialog goes on: neither over nor about to be. */
  boolean isOpen() {
    return !byeSent && !over;
  }

  /** Whether a BYE of ours is on its way, or was. */
  boolean isByeSent() {
    return byeSent;
  }

  /** Whether nothing more is told to the holder. */
  boolean isSilent() {
    return silent;
  }

  /** Whether the dialog is over. */
  boolean isOver() {
    return over;
  }

  /** Header fields for the next message that is about the call as a whole. */
  void say(ImmutableMap<String, String> headers) {
    said = headers;
  }

  /** Puts into a message what was to be said with it. */
  void putSaid(Message message) {
    AdditionalHeaders.put(message, said);
    said = ImmutableMap.of();
  }

  /** The holder of the leg wants to hear nothing more. */
  void silence() {
    silent = true;
  }

  /** Sends a BYE, once. */
  void bye(SipStatus status) {
    if (!isOpen()) {
      return;
    }
    byeSent = true;
    try {
      Request bye = path.request(Request.BYE);
      SipMessages.setIfAny(bye, "Reason", Reasons.value(status));
      putSaid(bye);
      path.send(bye, owner.events());
    } catch (SipException e) {
      LOG.debug("no BYE could be sent: {}", e.getMessage());
      finish();
    }
  }

  /** Sends a BYE and tells why. */
  void bye(SipEnd.Kind kind, SipStatus status) {
    bye(status);
    tell(kind, status);
  }

  /** RFC 3261 sections 12.2.1.2 and 13.3.1.4: the peer seems to be gone, the dialog ends. */
  void gone(String explanation) {
    bye(SipEnd.Kind.TIMEOUT, new SipStatus(408, Reasons.phrase(408), 102, explanation));
  }

  /** The peer has ended the dialog. */
  void ended(SipEnd.Kind kind, SipStatus status) {
    tell(kind, status);
    finish();
  }

  private void tell(SipEnd.Kind kind, SipStatus status) {
    if (!silent) {
      silent = true;
      owner.listener().onEnded(new SipEnd(kind, status));
    }
  }

  /** Nothing more comes. */
  void finish() {
    if (!over) {
      over = true;
      parts.run();
      owner.usageOver();
    }
  }
}
