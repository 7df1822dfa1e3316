package org.ringdown.gateway.bridge.phone;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.reason.TransferReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.sip.leg.Replacing;

/**
 * Calls that take the place of a leg in another one: a PBX's attended transfer, or the other phone
 * of a user. Only whoever has the leg may replace it: the same user, or the same trunk.
 */
public final class Replacements {
  private static final EndReason MALFORMED =
      new EndReason(Kind.REFUSED, By.GATEWAY, 400, 0, "One Replaces with Call-ID and both tags.");

  private static final EndReason NOT_YOURS =
      EndReason.byGateway(Kind.FORBIDDEN, "The dialog to replace is somebody else's.");

  private static final EndReason NO_OFFER =
      EndReason.byGateway(Kind.NOT_ACCEPTABLE_MEDIA, "An INVITE with Replaces needs an SDP offer.");

  private Replacements() {}

  /** Hands the leg to the call that it means, or ends it with the reason why not. */
  public static void begin(Replacing replacing, Leg leg, @Nullable String offer) {
    if (replacing instanceof Replacing.Dialog dialog
        && dialog.listener() instanceof SipLegEvents replaced) {
      begin(replaced.seat(), leg, offer, dialog.earlyOnly());
    } else {
      leg.end(replacing instanceof Replacing.Malformed ? MALFORMED : TransferReasons.LOST);
    }
  }

  private static void begin(Seat replaced, Leg leg, @Nullable String offer, boolean earlyOnly) {
    if (!replaced.party().origin().equals(leg.seat().party().origin())) {
      leg.end(NOT_YOURS);
    } else if (offer == null) {
      leg.end(NO_OFFER);
    } else {
      Seat.Place place = replaced.place();
      leg.seat()
          .move(new Seat.Place(place.call(), new LegListener() {}, place.side(), leg.media()));
      replaced.tell(listener -> listener.onReplaced(new Replacement(leg, offer, earlyOnly)));
    }
  }
}
