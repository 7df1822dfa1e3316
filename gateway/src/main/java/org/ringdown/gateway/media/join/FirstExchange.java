package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.BrowserLeg;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The first offer and answer of each leg of a session: the calling leg's part, and that of every
 * called leg. Guarded by the session.
 */
public final class FirstExchange {
  private final Legs legs;
  private final Hearing hearing;
  private @Nullable CallingLeg calling;

  /** Nothing has been said yet. */
  public FirstExchange(Legs legs, Hearing hearing) {
    this.legs = legs;
    this.hearing = hearing;
  }

  /** Rewrites the calling leg's offer, or what is offered in its place, for a called leg. */
  public String offer(LegRef from, @Nullable String offer, LegRef to)
      throws SdpException, MediaException {
    CalledLeg known = legs.called(to);
    if (known != null) {
      return known.offer();
    }
    return legs.call(to, caller(from, offer).offered());
  }

  /** Makes room for a called leg that is asked for an offer in place of getting one. */
  public void ask(LegRef from, @Nullable String offer, LegRef to)
      throws SdpException, MediaException {
    CallingLeg caller = caller(from, offer);
    legs.ask(to, caller.offered(), caller instanceof LateCaller);
  }

  private CallingLeg caller(LegRef from, @Nullable String offer)
      throws SdpException, MediaException {
    return calling == null ? begin(from, offer) : calling;
  }

  private CallingLeg begin(LegRef from, @Nullable String offer)
      throws SdpException, MediaException {
    MediaLeg media = legs.made(from);
    CallingLeg begun = offer == null ? new LateCaller(media) : offering(media, offer);
    legs.open(media, begun.offered());
    calling = begun;
    return begun;
  }

  private static OfferingCaller offering(MediaLeg media, String offer) throws SdpException {
    try {
      return new OfferingCaller(media, media.readOffer(offer));
    } catch (SdpException e) {
      media.close();
      throw e;
    }
  }

  /** Takes the answer of a called leg, and gives the calling leg's text. */
  public String answer(LegRef ref, String answer) throws SdpException, MediaException {
    CalledLeg leg = legs.called(ref);
    CallingLeg caller = calling;
    if (leg == null || caller == null) {
      throw MediaException.notAcceptable("an answer of a leg that has no offer");
    }
    String text = caller.calleeAnswered(leg, leg.received(answer));
    hearing.hear(leg);
    return text;
  }

  /** A call that was picked up: the answer to whoever did, and the calling leg's text. */
  public record PickedUp(String answer, String textForCaller) {}

  /** Takes the offer of a leg that picks up in the stead of those who ring. */
  public PickedUp pickUp(LegRef as, String offer) throws SdpException, MediaException {
    CallingLeg caller = calling;
    if (caller == null) {
      throw MediaException.notAcceptable("a call that rings nowhere");
    }
    MediaLeg leg = legs.made(as);
    try {
      Offered offered = new Offered(leg.readOffer(offer));
      RelayedOffer relayed = Legs.relayed(caller.offered(), as).shapedLike(offered.streams());
      legs.open(leg, relayed.answered(offered.streams()).calleeStreams());
      CalledLeg picking = new CalledLeg(leg, relayed, "");
      String text = caller.calleeAnswered(picking, offered);
      legs.add(picking);
      hearing.hear(picking);
      return new PickedUp(offered.answer(), text);
    } catch (SdpException e) {
      legs.remove(leg);
      leg.close();
      throw e;
    }
  }

  /** An offer that stands for an answer, and remembers what it was answered itself. */
  private static final class Offered implements MediaLeg.Received {
    private final MediaLeg.Received offer;
    private String answer = "";

    Offered(MediaLeg.Received offer) {
      this.offer = offer;
    }

    @Override
    public ImmutableList<MediaStream> streams() {
      return offer.streams();
    }

    @Override
    public String accept(ImmutableList<MediaStream> agreed) {
      answer = offer.accept(agreed);
      return answer;
    }

    String answer() {
      return answer;
    }
  }

  /** Takes another first offer of a calling page, which has no answer yet. */
  public void replaceOffer(String offer) throws SdpException, MediaException {
    if (!(calling instanceof OfferingCaller caller)
        || !(caller.media() instanceof BrowserLeg)
        || caller.isAnswered()) {
      throw MediaException.notAcceptable("the first offer cannot be replaced any more");
    }
    reload().replace(caller, caller.media().readOffer(offer));
  }

  /** How pages that were loaded anew take their legs up again. */
  PageReload reload() {
    return new PageReload(calling, legs.called());
  }

  /** Takes the answer of a caller that made no offer; of any other leg it means nothing. */
  void answeredLate(MediaLeg leg, MediaLeg.Received received) throws SdpException {
    if (calling instanceof LateCaller caller && caller.media() == leg) {
      caller.callerAnswered(received).ifPresent(hearing::hear);
    }
  }
}
