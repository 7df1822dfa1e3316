package org.ringdown.gateway.bridge.talk;

import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.call.CallCommand;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.MediaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of the media that one side wants and the other must hear of: streams that are added,
 * which the other is asked for before the offer is answered, and pictures that begin or stop. One
 * at a time, and none while the other has an offer to answer. Belongs to the call's executor.
 */
final class MediaChanges {
  private static final Logger log = LoggerFactory.getLogger(MediaChanges.class);

  private final Sides sides;
  private final CallMedia media;
  private final Function<Side, OwnOffers> offers;
  private final EnumSet<Side> untold = EnumSet.noneOf(Side.class);
  private @Nullable Side asked;
  private CallCommand.@Nullable AnswerOffer waiting;

  MediaChanges(Sides sides, CallMedia media, Function<Side, OwnOffers> offers) {
    this.sides = sides;
    this.media = media;
    this.offers = offers;
  }

  /** Whether this offer is to wait for the other side, which has been asked then. */
  boolean wait(CallCommand.AnswerOffer offer) {
    Side by = offer.side();
    if (waiting != null && waiting.side() == by) {
      waiting = offer;
      return true;
    }
    Optional<String> question = question(offer);
    question.ifPresent(
        text -> {
          waiting = offer;
          ask(by.other(), text);
        });
    return question.isPresent();
  }

  private Optional<String> question(CallCommand.AnswerOffer offer) {
    Leg to = sides.leg(offer.side().other());
    if (isBusy(offer.side().other()) || !to.takesStreams()) {
      return Optional.empty();
    }
    try {
      return media.offerAdded(offer.offer(), to.media());
    } catch (MediaException e) {
      log.debug("{} is not asked: {}", to, e.getMessage());
      return Optional.empty();
    }
  }

  private void ask(Side side, String offer) {
    asked = side;
    offers.apply(side).ask(offer);
  }

  private boolean isBusy(Side side) {
    return asked != null || offers.apply(side).isOpen();
  }

  /** The media of a side have changed: the other is told if its picture begins or stops. */
  void changed(Side by) {
    Leg to = sides.leg(by.other());
    if (!to.takesStreams()) {
      return;
    }
    if (isBusy(by.other())) {
      untold.add(by);
      return;
    }
    try {
      media.offerFollowing(to.media()).ifPresent(offer -> ask(by.other(), offer));
    } catch (MediaException e) {
      log.debug("{} is not told: {}", to, e.getMessage());
    }
  }

  /** A side has answered: what could not be told meanwhile is told now. */
  void catchUp() {
    for (Side by : EnumSet.copyOf(untold)) {
      if (!isBusy(by.other())) {
        untold.remove(by);
        changed(by);
      }
    }
  }

  /** Whether a side was asked. */
  boolean isAsked(Side side) {
    return asked == side;
  }

  /**
   * The answer of the side that was asked; null, or one that cannot be used, refuses.
   *
   * @return the offer that has waited for it, to be answered now
   */
  Optional<CallCommand.AnswerOffer> answered(Side by, @Nullable String sdp) {
    if (sdp != null) {
      try {
        media.changeAnswered(sides.leg(by).media(), sdp);
      } catch (MediaException e) {
        log.debug("unusable answer of {}: {}", by, e.getMessage());
      }
    }
    return end();
  }

  /** Nobody is asked any more; the offer that has waited. */
  Optional<CallCommand.AnswerOffer> end() {
    Optional<CallCommand.AnswerOffer> released = Optional.ofNullable(waiting);
    asked = null;
    waiting = null;
    return released;
  }
}
