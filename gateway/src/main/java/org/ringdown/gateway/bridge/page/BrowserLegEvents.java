package org.ringdown.gateway.bridge.page;

import com.google.common.collect.ImmutableMap;
import java.util.function.Consumer;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.leg.TransferReport;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.bridge.reason.BrowserReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.page.WebRtcLeg.Transfer;
import org.ringdown.webrtc.signaling.ReasonCode;

/** Takes what a page does with a call from Jetty's threads to the call that its leg sits in. */
public final class BrowserLegEvents implements WebRtcLeg.Listener {
  private final Seat seat;
  private final PageOffers offers;

  /** Events of a page whose leg takes this seat. */
  public BrowserLegEvents(Seat seat, PageOffers offers) {
    this.seat = seat;
    this.offers = offers;
  }

  @Override
  public void onHeaders(ImmutableMap<String, String> headers) {
    seat.tell(listener -> listener.onHeaders(headers));
  }

  @Override
  public void onRinging() {
    seat.tell(LegListener::onAlerted);
  }

  @Override
  public void onAnswer(String sdp) {
    seat.tell(listener -> listener.onAnswered(sdp));
  }

  @Override
  public void onOffer(String sdp) {
    seat.tell(
        listener -> {
          offers.next();
          listener.onOffer(sdp);
        });
  }

  @Override
  public void onOfferDropped() {
    seat.tell(listener -> listener.onOfferAnswered(null));
  }

  @Override
  public void onHold(boolean holds) {
    seat.tell(listener -> listener.onHold(holds));
  }

  @Override
  public void onCandidate(String candidate) {
    if (!candidate.isEmpty()) {
      seat.tell(listener -> listener.onCandidate(candidate));
    }
  }

  @Override
  public void onDtmf(String digits, int durationMs, int gapMs) {
    seat.tell(listener -> listener.onDigits(digits, durationMs, gapMs));
  }

  @Override
  public void onTransfer(String to, Consumer<Transfer> progress) {
    TransferRequest request = new TransferRequest.Blind(to, "", new Report(seat, progress));
    seat.tell(listener -> listener.onTransfer(request));
  }

  @Override
  public void onTransferWith(WebRtcLeg.Listener other, Consumer<Transfer> progress) {
    if (other instanceof BrowserLegEvents own) {
      TransferRequest request = new TransferRequest.Attended(own.seat, new Report(seat, progress));
      seat.tell(listener -> listener.onTransfer(request));
    }
  }

  @Override
  public void onStats(
      ImmutableMap<String, Object> report, Consumer<ImmutableMap<String, Object>> seen) {
    seat.tell(listener -> listener.onStats(report, seen));
  }

  @Override
  public void onHangup(ReasonCode reason) {
    seat.tell(listener -> listener.onEnded(BrowserReasons.fromBrowser(reason, seat.by())));
  }

  @Override
  public void onLost() {
    onHangup(ReasonCode.CONNECTION_LOST);
  }

  /**
   * Tells the page of its transfer.
   *
   * @param seat the page's
   */
  private record Report(Seat seat, Consumer<Transfer> page) implements TransferReport {
    @Override
    public void alerted() {
      page.accept(new Transfer.Ringing());
    }

    @Override
    public void done() {
      page.accept(new Transfer.Accepted());
    }

    @Override
    public void failed(EndReason reason) {
      page.accept(new Transfer.Failed(BrowserReasons.toBrowser(reason, seat.by())));
    }
  }
}
