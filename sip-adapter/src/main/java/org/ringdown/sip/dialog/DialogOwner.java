package org.ringdown.sip.dialog;

import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.leg.SipLeg;

/** The leg that a dialog belongs to, as those see it who speak within the dialog. */
public interface DialogOwner {
  /** Who listens to the leg. */
  SipLeg.Listener listener();

  /** The call is over and the listener has been told what it had to be told. */
  void usageOver();

  /** Posts to the leg's mailbox. */
  void post(Runnable task);

  /** What finds the leg again from a transaction. */
  LegEvents events();

  /** Takes a challenge to a request in the dialog; whether it may be sent again. */
  default boolean challenged(Response response) {
    return false;
  }

  /** Adds the credentials that were asked for so far to a request in the dialog. */
  default void authorize(Request request) {}

  /** All legs that are open, this one among them. */
  OpenLegs legs();
}
