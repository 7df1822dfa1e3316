package org.ringdown.gateway.bridge.talk;

import com.google.common.collect.ImmutableMap;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Hold;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Past;
import org.ringdown.gateway.bridge.reason.MediaReasons;
import org.ringdown.gateway.call.CallCommand;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.MediaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on between the two sides of a call that has been set up: digits, hold, and new offers.
 * None of it changes the call's state. Belongs to the call's executor.
 */
public final class Conversation {
  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  private final Sides sides;
  private final CallMedia media;
  private final MediaChanges changes;
  private final Holds holds = new Holds();
  private final Consumer<EndReason> failure;
  private final EnumSet<Side> owingAnswers = EnumSet.noneOf(Side.class);
  private final Map<Side, OwnOffers> offers = new EnumMap<>(Side.class);
  private final Map<Side, ImmutableMap<String, Object>> reports = new EnumMap<>(Side.class);

  /** Nothing said yet. */
  public Conversation(Sides sides, CallMedia media, Consumer<EndReason> failure) {
    this.sides = sides;
    this.media = media;
    this.failure = failure;
    this.changes = new MediaChanges(sides, media, this::offersTo);
    if (media.isCallerOfferedTo()) {
      owingAnswers.add(Side.CALLER);
    }
  }

  /** Answers an offer of a side, once the other has been asked about what it adds. */
  public void answerOffer(CallCommand.AnswerOffer command) {
    if (!changes.wait(command)) {
      answerNow(command);
    }
  }

  /** The other side is told of a hold, and of pictures that begin or stop. */
  private void answerNow(CallCommand.AnswerOffer command) {
    Side side = command.side();
    Leg from = leg(side);
    LegSdp offer = command.offer();
    try {
      from.answerOffer(media.reoffer(offer));
      holds.offered(side, from.media().dialect(), offer.sdp()).ifPresent(leg(side.other())::held);
      changes.changed(side);
    } catch (MediaException e) {
      log.debug("refused an offer of {}: {}", offer.leg(), e.getMessage());
      from.refuseOffer(MediaReasons.of(e));
    }
  }

  /** Digits of a side, outside of its media. */
  public void onDigits(Side from, String digits, int durationMs, int gapMs) {
    Leg to = leg(from.other());
    if (!to.isThere()) {
      return;
    }
    if (media.takesEvents(to.media())) {
      media.sendDigits(to.media(), digits, durationMs, gapMs);
    } else {
      to.digitsBeside(digits, durationMs, gapMs);
    }
    digits.chars().forEach(digit -> to.digit((char) digit, durationMs));
  }

  /**
   * A digit that was heard in the media of a side, and is in those of the other if it takes any.
   */
  public void heardDigit(Side from, char digit, int durationMs) {
    Leg to = leg(from.other());
    if (!to.isThere()) {
      return;
    }
    if (!media.takesEvents(to.media())) {
      to.digitsBeside(String.valueOf(digit), durationMs, 0);
    }
    to.digit(digit, durationMs);
  }

  /** The other side is told, and hears and is heard no more: a phone by an offer. */
  public void onHold(Side by, boolean held) {
    log.debug("{} {} the call", by, held ? "holds" : "resumes");
    media.hold(leg(by).media(), held);
    holds.asked(by, held).ifPresent(leg(by.other())::held);
    offersTo(by.other()).send();
  }

  /** The caller has confirmed the answer: it takes offers from now on (RFC 3261 section 14.1). */
  public void confirmed() {
    if (holds.of(Side.CALLEE).isOn()) {
      offersTo(Side.CALLER).send();
    }
  }

  /** A side has found another address of its own. */
  public void onCandidate(Side by, String line) {
    media.candidate(leg(by).media(), line);
  }

  /** Figures of a side, kept until it gives others; the result is what its media look like here. */
  public ImmutableMap<String, Object> onStats(Side by, ImmutableMap<String, Object> report) {
    reports.put(by, report);
    return media.query(leg(by).media());
  }

  /** A side needs a whole picture: the other is asked by RTCP if it takes that, or beside. */
  public void onPictureAsked(Side by) {
    Leg other = leg(by.other());
    if (!media.askPicture(other.media())) {
      other.askPicture();
    }
  }

  /** The last figures that each side has given, by the side. */
  public ImmutableMap<Side, ImmutableMap<String, Object>> reports() {
    return ImmutableMap.copyOf(reports);
  }

  /** A side asks for an offer of its media. */
  public void onOfferAsked(Side by) {
    Leg from = leg(by);
    try {
      from.answerOffer(media.offerAgain(from.media()));
      owingAnswers.add(by);
    } catch (MediaException e) {
      log.debug("no offer for {}: {}", from, e.getMessage());
      from.refuseOffer(MediaReasons.of(e));
    }
  }

  /** The answer of a side to an offer; null if it was refused. */
  public void onOfferAnswered(Side by, @Nullable String sdp) {
    if (sdp == null) {
      media.offerRefused(leg(by).media());
    }
    if (changes.isAsked(by)) {
      Optional<CallCommand.AnswerOffer> waiting = changes.answered(by, sdp);
      offersTo(by).over();
      waiting.ifPresent(this::answerNow);
    } else if (offersTo(by).isOpen()) {
      offersTo(by).answered(sdp);
    } else if (sdp != null) {
      take(by, sdp);
    }
    changes.catchUp();
  }

  /**
   * A side answers what it asked for, or what was repeated to it for the session's sake. Without
   * the former the call cannot go on.
   */
  private void take(Side by, String answer) {
    Leg from = leg(by);
    boolean owed = owingAnswers.remove(by);
    try {
      media.answerAgain(from.media(), answer);
      holds.offered(by, from.media().dialect(), answer).ifPresent(leg(by.other())::held);
    } catch (MediaException e) {
      log.debug("unusable answer of {}: {}", from, e.getMessage());
      if (owed) {
        failure.accept(MediaReasons.of(e));
      }
    }
  }

  /** How a side stands now, for another call that it goes to. */
  public Past pastOf(Side side) {
    return new Past(true, holds.of(side), holds.of(side.other()));
  }

  /**
   * A side's leg is another one now. What the one before held is held no more; what it is held by
   * goes on, and so does what the new one holds.
   */
  public void replaced(Side side, Newcomer newcomer) {
    changes.end().filter(offer -> offer.side() != side).ifPresent(this::answerNow);
    Past past = newcomer.past();
    Hold before = holds.of(side);
    owingAnswers.remove(side);
    reports.remove(side);
    offers.remove(side);
    holds.put(side, past.holding());
    if (past.holding().asked()) {
      media.hold(leg(side).media(), true);
    }
    changed(side.other(), before, past.holding());
    changed(side, past.held(), holds.of(side.other()));
    newcomer.renewed().forEach(leg -> offersTo(sides.of(leg)).insist());
  }

  /** A side is held in another way than before. */
  private void changed(Side side, Hold before, Hold now) {
    if (before.isOn() != now.isOn()) {
      leg(side).held(now.isOn());
    }
    if (before.asked() != now.asked()) {
      offersTo(side).send();
    }
  }

  private Leg leg(Side side) {
    return sides.leg(side);
  }

  private OwnOffers offersTo(Side side) {
    return offers.computeIfAbsent(side, to -> new OwnOffers(leg(to), media));
  }
}
