package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.ringdown.gateway.media.leg.BrowserLeg;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.media.stream.Agreement;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.Reoffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * Offers and answers in the middle of a call, of a leg or of the gateway. Guarded by the session.
 */
public final class LaterExchanges {
  private final Legs legs;
  private final Hearing hearing;
  private final FirstExchange first;
  private final StreamChanges changes = new StreamChanges();

  /** What follows the first exchange. */
  public LaterExchanges(Legs legs, Hearing hearing, FirstExchange first) {
    this.legs = legs;
    this.hearing = hearing;
    this.first = first;
  }

  /** Answers an offer of a leg. */
  public String reoffer(LegRef ref, String offer) throws SdpException, MediaException {
    MediaLeg media = legs.leg(ref);
    if (media.agreed().isEmpty()) {
      throw MediaException.notAcceptable("an offer before the first one was answered");
    }
    MediaLeg.Received received = media.readOffer(offer);
    if (media instanceof BrowserLeg page && received.beginsAnew()) {
      String answer = first.reload().answer(page, received);
      rejoin(true);
      return answer;
    }
    ImmutableList<MediaStream> before = media.agreed();
    ImmutableList<MediaStream> streams =
        Reoffer.answer(changes.answerable(media), received.streams()).streams();
    String answer =
        received.accept(isPhoneOnHold(ref) ? MediaStream.withoutReceiving(streams) : streams);
    changes.settled(media);
    rejoin(isRenumbered(before, streams));
    return answer;
  }

  /** What the other page is to be asked before an offer can be answered. */
  public Optional<String> offerAdded(LegRef from, String offer, LegRef to)
      throws SdpException, MediaException {
    Joint joint = hearing.joint();
    MediaLeg leg = legs.leg(from);
    return joint != null && joint.joins(leg, legs.leg(to))
        ? changes.added(leg, leg.readOffer(offer), joint, isPhoneOnHold(to))
        : Optional.empty();
  }

  /** What a leg is to be told of the other's pictures. */
  public Optional<String> offerFollowing(LegRef to) throws MediaException {
    Joint joint = hearing.joint();
    MediaLeg leg = legs.find(to).orElse(null);
    return joint != null && leg != null && joint.legs().contains(leg)
        ? changes.following(leg, joint, isPhoneOnHold(to))
        : Optional.empty();
  }

  /** Takes the leg's answer to either. */
  public void changeAnswered(LegRef from, String answer) throws SdpException, MediaException {
    changes.answered(legs.leg(from), answer);
    rejoin(true);
  }

  /** The leg has refused the gateway's last offer. */
  public void offerRefused(LegRef by) {
    legs.find(by).ifPresent(MediaLeg::offerRefused);
  }

  /** A page need not renegotiate: its descriptions say nothing of holds. */
  private boolean isPhoneOnHold(LegRef ref) {
    return ref.dialect() == Dialect.PLAIN && hearing.isHeldFrom(ref.name());
  }

  /** Offers a leg what is agreed on, as the holds of the others leave it. */
  public String offerAgain(LegRef to) throws MediaException {
    return legs.leg(to).offerAgain(isPhoneOnHold(to));
  }

  /** Takes the answer to that, or the first answer of a caller that made no offer. */
  public void answerAgain(LegRef from, String answer) throws SdpException, MediaException {
    MediaLeg leg = legs.leg(from);
    MediaLeg.Received received = leg.readAnswer(answer);
    if (leg.agreed().isEmpty()) {
      first.answeredLate(leg, received);
      return;
    }
    ImmutableList<MediaStream> before = leg.agreed();
    ImmutableList<MediaStream> streams = Reoffer.answered(leg.said(), received.streams()).streams();
    received.accept(streams);
    rejoin(isRenumbered(before, streams));
  }

  private static boolean isRenumbered(
      ImmutableList<MediaStream> before, ImmutableList<MediaStream> now) {
    return !Agreement.payloadTypes(before).equals(Agreement.payloadTypes(now));
  }

  private void rejoin(boolean renumbered) {
    hearing.rejoin(legs.called(), renumbered);
  }
}
