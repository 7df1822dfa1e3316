package org.ringdown.sip.call;

import java.util.function.BiFunction;
import javax.sip.ServerTransaction;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.LegEvents;
import org.ringdown.sip.dialog.OpenLegs;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.transaction.Mailbox;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.LocalPoint;

/** The calls of an endpoint, in both roles. Safe from any thread. */
public final class Calls {
  private final Wiring wiring;
  private final OpenLegs legs = new OpenLegs();

  /** None yet. */
  public Calls(Wiring wiring) {
    this.wiring = wiring;
  }

  /** A call of ours; its INVITE is sent, and what comes of it arrives at the listener. */
  public SipLeg dial(Dial dial, SipLeg.Listener listener) {
    Mailbox mailbox = wiring.mailbox(dial.destination().transport());
    CallLeg leg = new CallLeg(legs, mailbox, owner -> new UacRole(dial, listener, wiring, owner));
    leg.begin();
    return leg;
  }

  /**
   * A call that came to us.
   *
   * @param handler is told of it, in the leg's mailbox
   */
  public void incoming(
      ServerTransaction invite,
      LocalPoint local,
      BiFunction<Invite, SipLeg, SipLeg.Listener> handler) {
    Mailbox mailbox = wiring.mailbox(local.transport());
    new CallLeg(legs, mailbox, owner -> new UasRole(invite, local, wiring, owner, handler)).begin();
  }

  /** The call of ours whose INVITE carries this From tag; null if there is none. */
  public @Nullable LegEvents dialledWith(String localTag) {
    return legs.dialledWith(localTag);
  }

  /** How many legs are not over yet. */
  public int open() {
    return legs.count();
  }
}
