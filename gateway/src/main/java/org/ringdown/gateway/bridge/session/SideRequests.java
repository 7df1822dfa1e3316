package org.ringdown.gateway.bridge.session;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Claim;
import org.ringdown.gateway.bridge.leg.FarEnd;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.bridge.reason.TransferReasons;
import org.ringdown.gateway.bridge.talk.Conversation;
import org.ringdown.gateway.bridge.talk.SideListener;
import org.ringdown.gateway.bridge.transfer.Transfers;
import org.ringdown.gateway.call.Call;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.CallState;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.call.Side;

/**
 * Lets the conversation, or a transfer, hear what a side does in its time. Belongs to the call's
 * executor.
 */
final class SideRequests implements SideListener {
  /** RFC 3891 section 3: early-only, and the dialog is early no more. */
  private static final EndReason ANSWERED_ALREADY =
      new EndReason(Kind.BUSY, By.GATEWAY, 486, 0, "The call to replace has been answered.");

  private final Call call;
  private final Supplier<Optional<Parts>> parts;
  private final Consumer<CallEvent> events;
  private final BiConsumer<Side, ImmutableMap<String, String>> headers;

  /**
   * What goes on in a call.
   *
   * @param parts what the call is made of, once it has begun
   * @param events hears what ends it
   * @param headers hears which header fields a side has sent
   */
  SideRequests(
      Call call,
      Supplier<Optional<Parts>> parts,
      Consumer<CallEvent> events,
      BiConsumer<Side, ImmutableMap<String, String>> headers) {
    this.call = call;
    this.parts = parts;
    this.events = events;
    this.headers = headers;
  }

  @Override
  public void onHeaders(Side from, ImmutableMap<String, String> sent) {
    headers.accept(from, sent);
  }

  @Override
  public void onDigits(Side from, String digits, int durationMs, int gapMs) {
    conversation(CallState.EARLY).ifPresent(talk -> talk.onDigits(from, digits, durationMs, gapMs));
  }

  @Override
  public void onHeardDigit(Side from, char digit, int durationMs) {
    conversation(CallState.EARLY).ifPresent(talk -> talk.heardDigit(from, digit, durationMs));
  }

  @Override
  public void onHold(Side by, boolean holds) {
    conversation(CallState.ANSWERED).ifPresent(talk -> talk.onHold(by, holds));
  }

  @Override
  public void onCandidate(Side by, String line) {
    conversation(CallState.TRYING).ifPresent(talk -> talk.onCandidate(by, line));
  }

  @Override
  public void onStats(
      Side by, ImmutableMap<String, Object> report, Consumer<ImmutableMap<String, Object>> seen) {
    conversation(CallState.EARLY)
        .ifPresentOrElse(
            talk -> seen.accept(talk.onStats(by, report)), () -> seen.accept(ImmutableMap.of()));
  }

  @Override
  public void onPictureAsked(Side by) {
    conversation(CallState.EARLY).ifPresent(talk -> talk.onPictureAsked(by));
  }

  @Override
  public void onTransfer(Side by, TransferRequest request) {
    transfers()
        .ifPresentOrElse(
            transfers -> transfers.ask(by, request),
            () -> request.report().failed(TransferReasons.NOT_NOW));
  }

  @Override
  public void onClaimed(Side by, Claim claim) {
    parts
        .get()
        .map(Parts::surrenders)
        .ifPresentOrElse(
            surrenders -> surrenders.claimed(by.other(), claim),
            () -> claim.refuse(TransferReasons.NOT_NOW));
  }

  @Override
  public void onFarEndAsked(Side by, FarEnd asked) {
    transfers().ifPresentOrElse(transfers -> transfers.locate(by.other(), asked), asked::unknown);
  }

  @Override
  public void onFarEndGone(Side by) {
    events.accept(new CallEvent.Failed(EndReason.of(Kind.TRANSFERRED, By.of(by))));
  }

  @Override
  public void onReplaced(Side by, Replacement replacement) {
    Optional<Transfers> transfers = transfers();
    boolean isThere =
        call.state() != CallState.ENDED && CallState.ANSWERED.compareTo(call.state()) <= 0;
    if (!isThere) {
      replacement.refuse(TransferReasons.LOST); // an early dialog that others began (RFC 3891 3)
    } else if (!replacement.ofTheSame()) {
      replacement.refuse(TransferReasons.NOT_YOURS);
    } else if (transfers.isEmpty()) {
      replacement.refuse(TransferReasons.NOT_NOW);
    } else if (replacement.earlyOnly()) {
      replacement.refuse(ANSWERED_ALREADY);
    } else {
      transfers.get().replace(by, replacement);
    }
  }

  @Override
  public void onOfferAsked(Side by) {
    conversation(CallState.ANSWERED).ifPresent(talk -> talk.onOfferAsked(by));
  }

  @Override
  public void onOfferAnswered(Side by, @Nullable String sdp) {
    conversation(CallState.EARLY).ifPresent(talk -> talk.onOfferAnswered(by, sdp));
  }

  private Optional<Transfers> transfers() {
    return call.mayTransfer() ? parts.get().map(Parts::transfers) : Optional.empty();
  }

  private Optional<Conversation> conversation(CallState earliest) {
    CallState state = call.state();
    return state == CallState.ENDED || state.compareTo(earliest) < 0
        ? Optional.empty()
        : parts.get().map(Parts::conversation);
  }
}
