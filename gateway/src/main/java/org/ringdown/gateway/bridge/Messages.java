package org.ringdown.gateway.bridge;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ringdown.gateway.routing.AddressOfRecord;
import org.ringdown.gateway.routing.Binding;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.RouteRefusal;
import org.ringdown.sip.Destination;
import org.ringdown.sip.NameAddress;
import org.ringdown.sip.OutgoingText;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.SipStatus;
import org.ringdown.sip.SipTransport;
import org.ringdown.webrtc.WebRtcHandler.MessageOutcome;
import org.ringdown.webrtc.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * Texts between pages and phones. They go where a call of the sender's would go, to all devices of
 * the user at once, and count as delivered if one of them takes it. Safe from any thread.
 */
final class Messages {
  /** A person does not write faster for long; a program in a loop does. */
  private static final int AT_MOST = 30;

  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final MessageOutcome NOBODY =
      failed(ReasonCode.UNAVAILABLE, "This user has no page and no phone that can be reached.");

  private final Supplier<HouseRules> rules;
  private final Devices devices;
  private final Supplier<SipEndpoint> sip;
  private final Clock clock;
  private final LoadingCache<String, AtomicInteger> sent =
      CacheBuilder.newBuilder()
          .expireAfterWrite(WITHIN)
          .build(CacheLoader.from(user -> new AtomicInteger()));

  Messages(Supplier<HouseRules> rules, Devices devices, Supplier<SipEndpoint> sip, Clock clock) {
    this.rules = rules;
    this.devices = devices;
    this.sip = sip;
    this.clock = clock;
  }

  /** Sends a text; {@code outcome} is told once. */
  void send(Party sender, String to, String text, Consumer<MessageOutcome> outcome) {
    if (sent.getUnchecked(sender.shown().uri()).incrementAndGet() > AT_MOST) {
      outcome.accept(failed(ReasonCode.OVERLOADED, "Too many texts in a short time."));
      return;
    }
    Route route = rules.get().router().route(sender.origin(), to);
    if (route instanceof Route.ToUser one) {
      deliver(sender, one.user(), text, outcome);
    } else if (route instanceof Route.Refused refused) {
      boolean unknown = refused.reason() == RouteRefusal.NOT_FOUND;
      ReasonCode code = unknown ? ReasonCode.NOT_FOUND : ReasonCode.FORBIDDEN;
      outcome.accept(failed(code, refused.explanation()));
    } else {
      outcome.accept(failed(ReasonCode.NOT_SUPPORTED, "Texts go to users only."));
    }
  }

  private void deliver(
      Party sender, AddressOfRecord to, String text, Consumer<MessageOutcome> outcome) {
    NameAddress from = sender.shown();
    ImmutableList<CompletableFuture<MessageOutcome>> given =
        Stream.concat(
                devices.pagesOf(to.user()).stream().map(page -> give(page, from, text)),
                devices.phonesOf(to, clock.instant()).stream()
                    .filter(phone -> !Branches.deviceOf(phone).equals(sender.device()))
                    .map(phone -> give(phone, from, text)))
            .collect(ImmutableList.toImmutableList());
    var unused =
        CompletableFuture.allOf(given.toArray(new CompletableFuture<?>[0]))
            .thenRun(() -> outcome.accept(best(given)));
  }

  private static CompletableFuture<MessageOutcome> give(
      WebRtcSession page, NameAddress from, String text) {
    return page.message(from.uri(), from.display(), text)
        .thenApply(taken -> taken ? new MessageOutcome.Delivered(null) : NOBODY);
  }

  private CompletableFuture<MessageOutcome> give(Binding phone, NameAddress from, String text) {
    CompletableFuture<MessageOutcome> outcome = new CompletableFuture<>();
    Destination to =
        new Destination(phone.flow().source(), SipTransport.valueOf(phone.flow().transport()));
    NameAddress callee = new NameAddress("", phone.contact());
    sip.get()
        .text(
            new OutgoingText(phone.contact(), to, from, callee, text),
            status -> outcome.complete(outcomeOf(status)));
    return outcome;
  }

  private static MessageOutcome outcomeOf(SipStatus status) {
    return status.code() < 300
        ? new MessageOutcome.Delivered(status.code())
        : new MessageOutcome.Failed(
            ReasonCode.UNAVAILABLE,
            status.code(),
            "The phone does not take it: " + status.phrase());
  }

  /** One that took it speaks for all; else what a phone said tells most. */
  private static MessageOutcome best(ImmutableList<CompletableFuture<MessageOutcome>> given) {
    Optional<MessageOutcome> best =
        given.stream().map(CompletableFuture::join).min(Comparator.comparingInt(Messages::rank));
    return best.orElse(NOBODY);
  }

  private static int rank(MessageOutcome outcome) {
    return outcome instanceof MessageOutcome.Delivered ? 0 : outcome == NOBODY ? 2 : 1;
  }

  private static MessageOutcome failed(ReasonCode code, String text) {
    return new MessageOutcome.Failed(code, null, text);
  }
}
