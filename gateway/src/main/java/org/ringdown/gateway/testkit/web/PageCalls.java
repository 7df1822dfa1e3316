package org.ringdown.gateway.testkit.web;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import tools.jackson.databind.JsonNode;

/**
 * The calls of a page, and what it does about the gateway's messages by itself: it takes answers
 * and answers offers. Safe from any thread.
 */
final class PageCalls {
  private final Stage stage;
  private final PageActor.Who who;
  private final Page page;
  private final Map<String, PageCall> calls = new LinkedHashMap<>();
  private final Map<String, String> offers = new LinkedHashMap<>();
  private @Nullable String current;
  private int called;

  PageCalls(Stage stage, PageActor.Who who) throws IOException {
    this.stage = stage;
    this.who = who;
    page = new Page(stage, who.name(), this::onEvent);
  }

  Page page() {
    return page;
  }

  private void onEvent(JsonNode event) {
    String call = Messages.at(event, "/call").orElse("");
    String sdp = Messages.at(event, "/sdp").orElse("");
    try {
      switch (Messages.type(event)) {
        case "incoming" -> arrived(call, sdp);
        case "answer" -> answered(call, sdp);
        case "offer" -> renegotiate(call, sdp);
        case "hangup" -> find(call).ifPresent(PageCall::end);
        default -> {}
      }
    } catch (IOException | StepFailure e) {
      String type = Messages.type(event);
      stage.trace().note(who.name(), type + " cannot be dealt with: " + e.getMessage());
    }
  }

  private synchronized void arrived(String call, String offer) throws IOException {
    enter(call);
    offers.put(call, offer);
  }

  private PageCall enter(String id) throws IOException {
    PageCall call = new PageCall(id, stage, who.name(), who.voices());
    calls.put(id, call);
    current = id;
    return call;
  }

  private void answered(String call, String sdp) throws StepFailure {
    Optional<PageCall> known = find(call);
    if (known.isPresent()) {
      known.get().accept(sdp);
    }
  }

  private void renegotiate(String call, String sdp) throws StepFailure {
    Optional<PageCall> known = find(call);
    if (known.isPresent()) {
      page.send("answer", Map.of("call", call, "sdp", known.get().answer(sdp)));
    }
  }

  /** A call that the page begins. */
  synchronized PageCall begin() throws IOException {
    return enter("c" + ++called);
  }

  /** The gateway's offer in a call that came, which can be answered once. */
  synchronized String takeOffer(PageCall call) throws StepFailure {
    String offer = offers.remove(call.id());
    if (offer == null) {
      throw new StepFailure("there is no call of " + who.name() + " to be answered");
    }
    return offer;
  }

  private synchronized Optional<PageCall> find(@Nullable String call) {
    return Optional.ofNullable(call == null ? null : calls.get(call));
  }

  synchronized ImmutableList<PageCall> all() {
    return ImmutableList.copyOf(calls.values());
  }

  /** The one that is spoken of: the last that began, unless it was turned from. */
  synchronized Optional<PageCall> current() {
    return find(current);
  }

  /** The last that began before or after the current one and is not over. */
  synchronized PageCall other() throws StepFailure {
    return calls.values().stream()
        .filter(call -> !call.over() && !call.id().equals(current))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new StepFailure(who.name() + " has no other call"));
  }

  /** Speaks of this one from now on. */
  synchronized void turnTo(PageCall call) {
    current = call.id();
  }
}
