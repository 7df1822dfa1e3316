package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.Joining;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * Legs that come in place of others: the target of a transfer, one that calls to be joined, one of
 * another session. Which legs are to be told that less is agreed on is a result. Guarded by the
 * session.
 */
public final class Moves {
  private final Legs legs;
  private final Hearing hearing;

  /** Nobody has moved yet. */
  public Moves(Legs legs, Hearing hearing) {
    this.legs = legs;
    this.hearing = hearing;
  }

  /** Lets a leg go, if it has a codec in common with whom it is to be joined with. */
  public MediaLeg depart(LegRef ref, ImmutableList<MediaStream> company)
      throws SdpException, MediaException {
    MediaLeg leg = legs.leg(ref);
    var unused = Joining.of(company, leg.agreed());
    hearing.stop();
    hearing.forget(ref.name());
    legs.remove(leg);
    return leg;
  }

  /** Takes a leg of another session in and joins it with the one that stays. */
  public ImmutableSet<LegRef> arrive(LegRef stays, LegRef as, MediaLeg leg)
      throws SdpException, MediaException {
    MediaLeg media = legs.leg(stays);
    Joining joining = Joining.of(media.agreed(), leg.agreed());
    legs.moveIn(leg, as);
    return join(media, leg, joining);
  }

  /** A leg that has been taken in: the answer to its offer, and who is to be told. */
  public record Arrival(String answer, ImmutableSet<LegRef> renewed) {}

  /** Takes the offer of a leg that calls to be joined with the one that stays. */
  public Arrival takeIn(LegRef stays, LegRef as, String offer) throws SdpException, MediaException {
    MediaLeg media = legs.leg(stays);
    MediaLeg leg = legs.made(as);
    try {
      MediaLeg.Received received = leg.readOffer(offer);
      RelayedOffer relayed = Legs.relayed(media.agreed(), as).shapedLike(received.streams());
      ImmutableList<MediaStream> streams = relayed.answered(received.streams()).calleeStreams();
      legs.open(leg, streams);
      String answer = received.accept(streams);
      return new Arrival(answer, join(media, leg, Joining.of(media.agreed(), leg.agreed())));
    } catch (SdpException e) {
      legs.remove(leg);
      leg.close();
      throw e;
    }
  }

  /** Offers the target of a transfer all that the leg which stays has agreed on. */
  public String offerOf(LegRef stays, LegRef target) throws SdpException, MediaException {
    return legs.call(target, legs.leg(stays).agreed());
  }

  /** Makes room for the target of a transfer that is asked for an offer. */
  public void askOf(LegRef stays, LegRef target) throws SdpException, MediaException {
    legs.ask(target, legs.leg(stays).agreed(), false);
  }

  /** Takes the answer to the one, or the offer after the other, and joins the two. */
  public ImmutableSet<LegRef> join(LegRef stays, LegRef target, String answer)
      throws SdpException, MediaException {
    CalledLeg leg = legs.called(target);
    MediaLeg media = legs.leg(stays);
    if (leg == null) {
      throw MediaException.notAcceptable("an answer of a leg that has no offer");
    }
    MediaLeg.Received received = leg.received(answer);
    received.accept(leg.relayed().answered(received.streams()).calleeStreams());
    return join(media, leg.media(), Joining.of(media.agreed(), leg.media().agreed()));
  }

  private ImmutableSet<LegRef> join(MediaLeg media, MediaLeg leg, Joining joining) {
    CalledLeg arrived = new CalledLeg(leg, RelayedOffer.of(media.agreed(), joining), "");
    arrived.joint(new Joint(media, leg, joining.pairs()));
    legs.add(arrived);
    ImmutableSet.Builder<LegRef> renewed = ImmutableSet.builder();
    if (media.narrow(joining.one())) {
      renewed.add(media.events().leg());
    }
    if (leg.narrow(joining.other())) {
      renewed.add(leg.events().leg());
    }
    hearing.hear(arrived);
    return renewed.build();
  }
}
