package org.ringdown.gateway.bridge.phone;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.reason.TransferReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.sip.leg.Replacing;

/**
 * Calls that take the place of a leg in another one: a PBX's attended transfer, the other phone of
 * a user, or somebody who picks up what rings elsewhere. Only whoever has the leg may replace it:
 * the same user, or the same trunk; one that rings, also who is in the user's pick-up group.
 */
public final class Replacements {
  private static final EndReason MALFORMED =
      new EndReason(Kind.REFUSED, By.GATEWAY, 400, 0, "One Replaces with Call-ID and both tags.");

  private static final EndReason NO_OFFER =
      EndReason.byGateway(Kind.NOT_ACCEPTABLE_MEDIA, "An INVITE with Replaces needs an SDP offer.");

  private Replacements() {}

  /**
   * Hands the leg to the call that it means, or ends it with the reason why not.
   *
   * @param mayPickUp whether the one may take what rings at the other
   */
  public static void begin(
      Replacing replacing, Leg leg, @Nullable String offer, BiPredicate<Origin, Origin> mayPickUp) {
    if (replacing instanceof Replacing.Dialog dialog
        && dialog.listener() instanceof SipLegEvents replaced) {
      boolean may = mayPickUp.test(originOf(leg.seat()), originOf(replaced.seat()));
      if (may) {
        begin(replaced.seat(), leg, offer, dialog.earlyOnly());
      } else {
        leg.end(TransferReasons.NOT_YOURS);
      }
    } else {
      leg.end(replacing instanceof Replacing.Malformed ? MALFORMED : TransferReasons.LOST);
    }
  }

  private static void begin(Seat replaced, Leg leg, @Nullable String offer, boolean earlyOnly) {
    if (offer == null) {
      leg.end(NO_OFFER);
    } else {
      Seat.Place place = replaced.place();
      leg.seat()
          .move(new Seat.Place(place.call(), new LegListener() {}, place.side(), leg.media()));
      boolean ofTheSame = originOf(replaced).equals(originOf(leg.seat()));
      Replacement replacement = new Replacement(leg, offer, earlyOnly, ofTheSame);
      replaced.tell(listener -> listener.onReplaced(replacement));
    }
  }

  private static Origin originOf(Seat seat) {
    return seat.party().origin();
  }
}
