package org.ringdown.gateway.bridge;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ringdown.gateway.routing.AddressOfRecord;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.RouteRefusal;
import org.ringdown.gateway.routing.Router;
import org.ringdown.sip.NameAddress;
import org.ringdown.webrtc.WebRtcHandler.MessageOutcome;
import org.ringdown.webrtc.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * Texts from page to page. They go where a call of the sender's would go, to all pages of the user
 * at once, and count as delivered if one of them takes it. Safe from any thread.
 */
final class Messages {
  /** A person does not write faster for long; a page in a loop does. */
  private static final int AT_MOST = 30;

  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Router router;
  private final Devices devices;
  private final LoadingCache<String, AtomicInteger> sent =
      CacheBuilder.newBuilder()
          .expireAfterWrite(WITHIN)
          .build(CacheLoader.from(user -> new AtomicInteger()));

  Messages(Router router, Devices devices) {
    this.router = router;
    this.devices = devices;
  }

  /** Sends a page's text; {@code outcome} is told once. */
  void send(Party sender, String to, String text, Consumer<MessageOutcome> outcome) {
    if (sent.getUnchecked(sender.shown().uri()).incrementAndGet() > AT_MOST) {
      outcome.accept(failed(ReasonCode.OVERLOADED, "Too many texts in a short time."));
      return;
    }
    Route route = router.route(sender.origin(), to);
    if (route instanceof Route.ToUser one) {
      deliver(sender.shown(), one.user(), text, outcome);
    } else if (route instanceof Route.Refused refused) {
      boolean unknown = refused.reason() == RouteRefusal.NOT_FOUND;
      ReasonCode code = unknown ? ReasonCode.NOT_FOUND : ReasonCode.FORBIDDEN;
      outcome.accept(failed(code, refused.explanation()));
    } else {
      outcome.accept(failed(ReasonCode.NOT_SUPPORTED, "Texts go to users only."));
    }
  }

  private void deliver(
      NameAddress from, AddressOfRecord to, String text, Consumer<MessageOutcome> outcome) {
    ImmutableList<CompletableFuture<Boolean>> taken =
        devices.pagesOf(to.user()).stream()
            .map(page -> give(page, from, text))
            .collect(ImmutableList.toImmutableList());
    var unused =
        CompletableFuture.allOf(taken.toArray(new CompletableFuture<?>[0]))
            .thenRun(() -> outcome.accept(outcomeOf(taken)));
  }

  private static CompletableFuture<Boolean> give(
      WebRtcSession page, NameAddress from, String text) {
    return page.message(from.uri(), from.display(), text);
  }

  private static MessageOutcome outcomeOf(ImmutableList<CompletableFuture<Boolean>> taken) {
    return taken.stream().anyMatch(CompletableFuture::join)
        ? new MessageOutcome.Delivered(null)
        : failed(ReasonCode.UNAVAILABLE, "No page of this user is signed in.");
  }

  private static MessageOutcome failed(ReasonCode code, String text) {
    return new MessageOutcome.Failed(code, null, text);
  }
}
