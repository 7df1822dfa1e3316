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
import org.ringdown.gateway.bridge.house.Branches;
import org.ringdown.gateway.bridge.house.Devices;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.reason.BrowserReasons;
import org.ringdown.gateway.bridge.reason.Refusal;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.RouteRefusal;
import org.ringdown.gateway.routing.Step;
import org.ringdown.gateway.routing.Unanswered;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.text.OutgoingText;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.webrtc.page.WebRtcHandler.MessageOutcome;
import org.ringdown.webrtc.page.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * Texts between pages, phones and trunks. They go where a call of the sender's would go, to all
 * devices of a user at once, and count as delivered if one of them takes it. Safe from any thread.
 */
final class Messages {
  /** A person does not write faster for long; a program in a loop does. */
  private static final int AT_MOST = 30;

  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final MessageOutcome NOBODY =
      failed(ReasonCode.UNAVAILABLE, "This user has no page and no phone that can be reached.");

  private final Supplier<HouseRules> rules;
  private final Devices devices;
  private final Trunks trunks;
  private final Supplier<SipEndpoint> sip;
  private final Clock clock;
  private final LoadingCache<String, AtomicInteger> sent =
      CacheBuilder.newBuilder()
          .expireAfterWrite(WITHIN)
          .build(CacheLoader.from(user -> new AtomicInteger()));

  Messages(
      Supplier<HouseRules> rules,
      Devices devices,
      Trunks trunks,
      Supplier<SipEndpoint> sip,
      Clock clock) {
    this.rules = rules;
    this.devices = devices;
    this.trunks = trunks;
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
    var unused = new Text(sender, text).take(route).thenAccept(outcome);
  }

  /** One text on its way. */
  private final class Text {
    private final Party sender;
    private final String text;

    Text(Party sender, String text) {
      this.sender = sender;
      this.text = text;
    }

    CompletableFuture<MessageOutcome> take(Route route) {
      if (route instanceof Route.ToUser one) {
        return deliver(ImmutableList.of(one.user()));
      }
      if (route instanceof Route.ToGroup group) {
        return deliver(group.users());
      }
      if (route instanceof Route.ToTrunk out) {
        return over(out);
      }
      if (route instanceof Route.ToSteps steps) {
        return takeOneOf(
            ImmutableList.<Step<Route>>builder()
                .addAll(steps.steps())
                .addAll(steps.forwards().after(Unanswered.UNAVAILABLE))
                .build());
      }
      if (route instanceof Route.Refused refused) {
        boolean unknown = refused.reason() == RouteRefusal.NOT_FOUND;
        ReasonCode code = unknown ? ReasonCode.NOT_FOUND : ReasonCode.FORBIDDEN;
        return done(failed(code, refused.explanation()));
      }
      return done(failed(ReasonCode.NOT_SUPPORTED, "Texts go to users and trunks only."));
    }

    /** The steps one after the other, until one of them takes it; the last one says why not. */
    private CompletableFuture<MessageOutcome> takeOneOf(ImmutableList<Step<Route>> steps) {
      CompletableFuture<MessageOutcome> first = take(steps.get(0).to());
      return steps.size() == 1
          ? first
          : first.thenCompose(
              outcome ->
                  outcome instanceof MessageOutcome.Delivered
                      ? done(outcome)
                      : takeOneOf(steps.subList(1, steps.size())));
    }

    private CompletableFuture<MessageOutcome> deliver(ImmutableList<AddressOfRecord> users) {
      NameAddress from = sender.shown();
      ImmutableList<CompletableFuture<MessageOutcome>> given =
          users.stream()
              .flatMap(
                  user ->
                      Stream.concat(
                          devices.pagesOf(user.user()).stream().map(page -> give(page, from, text)),
                          devices.phonesOf(user, clock.instant()).stream()
                              .filter(phone -> !Branches.deviceOf(phone).equals(sender.device()))
                              .map(phone -> give(phone, from, text))))
              .collect(ImmutableList.toImmutableList());
      return CompletableFuture.allOf(given.toArray(new CompletableFuture<?>[0]))
          .thenApply(unused -> best(given));
    }

    private CompletableFuture<MessageOutcome> over(Route.ToTrunk out) {
      Optional<TrunkLink> trunk = trunks.find(out.trunk());
      Optional<String> obstacle = trunk.flatMap(TrunkLink::obstacle);
      if (trunk.isEmpty() || obstacle.isPresent()) {
        return done(failed(ReasonCode.UNAVAILABLE, obstacle.orElse("There is no such trunk.")));
      }
      CompletableFuture<MessageOutcome> outcome = new CompletableFuture<>();
      trunk
          .get()
          .text(out.number(), sender.name(), text, status -> outcome.complete(overTrunk(status)));
      return outcome;
    }
  }

  private static CompletableFuture<MessageOutcome> done(MessageOutcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  private static MessageOutcome overTrunk(SipStatus status) {
    return status.code() < 300
        ? new MessageOutcome.Delivered(status.code())
        : new MessageOutcome.Failed(
            BrowserReasons.codeOf(Refusal.kindOf(status)),
            status.code(),
            "The trunk does not take it: " + status.phrase());
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
            new OutgoingText(phone.contact(), to, from, callee, text, OutgoingText.Terms.OF_PHONE),
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
