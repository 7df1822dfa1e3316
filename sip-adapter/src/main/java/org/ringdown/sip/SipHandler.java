package org.ringdown.sip;

import java.util.Optional;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.text.TextRequest;

/**
 * What the holder of a {@link SipEndpoint} does with what arrives. Called on SIP threads, in
 * parallel; must return quickly and never block.
 */
public interface SipHandler {
  /**
   * The password of a user in our realm, to check a digest with; empty if there is no such user.
   */
  Optional<String> passwordOf(String user);

  /**
   * A call arrives; 100 Trying has been sent. The answer is the listener for the rest of the leg's
   * life; {@link SipLeg.Listener#NONE} for one refused at once.
   */
  SipLeg.Listener onInvite(Invite invite, SipLeg leg);

  /** A registration arrives, to be answered now or later. */
  void onRegister(RegisterRequest request);

  /** A text arrives, to be answered now or later; refused unless somebody wants it. */
  default void onText(TextRequest request) {
    request.refuse(new SipStatus(405, "Method Not Allowed", 0, ""));
  }
}
