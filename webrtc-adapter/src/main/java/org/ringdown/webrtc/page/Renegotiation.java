package org.ringdown.webrtc.page;

import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers and answers of one call on their way, as {@link OfferExchange} lets them. A page that does
 * not answer an offer in time is not waited for any longer: the call is as it was. Belongs to the
 * session's mailbox.
 */
final class Renegotiation {
  private static final Logger log = LoggerFactory.getLogger(Renegotiation.class);

  private final BrowserLeg.Owner owner;
  private final CallState state;
  private final OfferExchange offers;
  private final Supplier<WebRtcLeg.Listener> listener;
  private Timers.Timer patience = () -> {};

  Renegotiation(BrowserLeg.Owner owner, CallState state, Supplier<WebRtcLeg.Listener> listener) {
    this.owner = owner;
    this.state = state;
    this.listener = listener;
    offers = state.offers();
  }

  /** An offer of the page, the number of which is this, has its outcome. */
  void settle(int number, LongFunction<Event> outcome) {
    if (offers.settle(number)) {
      owner.emit(outcome);
      sendWaiting();
    } else {
      log.debug("Call {}: offer {} of the page is no longer open", state.call(), number);
    }
  }

  /** An offer of the gateway waits for its turn. */
  void offer(String sdp) {
    offers.await(sdp);
    sendWaiting();
  }

  private void sendWaiting() {
    offers.next().ifPresent(this::send);
  }

  private void send(String sdp) {
    owner.emit(seq -> new ServerMessage.Offer(seq, state.call(), sdp));
    int number = offers.asked();
    patience = owner.afterPatience(() -> giveUp(number));
  }

  private void giveUp(int number) {
    if (!state.isOver() && offers.lapse(number)) {
      log.debug("Call {}: the page has not answered an offer in time", state.call());
      listener.get().onOfferDropped();
      sendWaiting();
    }
  }

  void pageOffered(String sdp) {
    patience.cancel();
    if (offers.pageOffered()) {
      listener.get().onOfferDropped();
    }
    listener.get().onOffer(sdp);
  }

  void pageAnswered(String sdp) {
    patience.cancel();
    offers.pageAnswered();
    listener.get().onAnswer(sdp);
    sendWaiting();
  }

  /** The call is over. */
  void end() {
    patience.cancel();
  }
}
