package org.ringdown.gateway.testkit.web;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sound.Voice;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.stage.Actor;
import org.ringdown.gateway.testkit.stage.Expectations;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Hearing;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import tools.jackson.databind.JsonNode;

/** A WebRTC page as an actor of call scripts. */
public final class PageActor implements Actor {
  private final Stage stage;
  private final Who who;
  private final Page page;
  private final Expectations<JsonNode> expectations;
  private final Hearing hearing;
  private final Map<String, PageCall> calls = new LinkedHashMap<>();
  private final Map<String, String> offers = new LinkedHashMap<>();
  private @Nullable String current;
  private @Nullable GatewayAddress gateway;
  private int called;

  /**
   * Who a page is.
   *
   * @param signsInFirst whether to sign in before the first step
   */
  public record Who(
      String name,
      String user,
      String password,
      ImmutableList<Voice> voices,
      boolean signsInFirst) {
    @Override
    public String toString() {
      return "Who[" + name + "]";
    }
  }

  /** Opens nothing towards the gateway yet. */
  public PageActor(Stage stage, Who who) throws IOException {
    this.stage = stage;
    this.who = who;
    page = new Page(stage, who.name(), this::onEvent);
    expectations = new Expectations<>(stage, page.messages().inbox(), new JsonLanguage());
    hearing = new Hearing(stage.trace(), who.name());
  }

  @Override
  public String name() {
    return who.name();
  }

  @Override
  public ImmutableMap<String, String> facts() {
    return ImmutableMap.of("user", who.user(), "password", who.password());
  }

  @Override
  public void enter(GatewayAddress gateway) throws StepFailure, InterruptedException {
    this.gateway = gateway;
    if (who.signsInFirst()) {
      signIn();
      page.messages().inbox().clear();
    }
  }

  private void connect() throws StepFailure, InterruptedException {
    GatewayAddress known = gateway;
    if (known == null) {
      throw new StepFailure(name() + " knows no gateway");
    }
    page.connect(known);
  }

  private void signIn() throws StepFailure, InterruptedException {
    connect();
    page.signIn(who.user(), who.password());
  }

  private void onEvent(JsonNode event) {
    String call = Messages.at(event, "/call").orElse("");
    try {
      switch (Messages.type(event)) {
        case "incoming" -> arrived(call, Messages.at(event, "/sdp").orElse(""));
        case "answer" -> answered(call, Messages.at(event, "/sdp").orElse(""));
        case "offer" -> renegotiate(call, Messages.at(event, "/sdp").orElse(""));
        case "hangup" -> find(call).ifPresent(PageCall::end);
        default -> {}
      }
    } catch (IOException | StepFailure e) {
      stage.trace().note(name(), Messages.type(event) + " cannot be dealt with: " + e.getMessage());
    }
  }

  private synchronized void arrived(String call, String offer) throws IOException {
    calls.put(call, new PageCall(call, stage, name(), who.voices()));
    offers.put(call, offer);
    current = call;
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

  private synchronized Optional<PageCall> find(@Nullable String call) {
    return Optional.ofNullable(call == null ? null : calls.get(call));
  }

  private PageCall theCall() throws StepFailure {
    return find(current).orElseThrow(() -> new StepFailure(name() + " has no call"));
  }

  @Override
  public void perform(Phrase phrase, Options options, Variables variables)
      throws StepFailure, InterruptedException {
    switch (phrase.verb()) {
      case EXPECTS -> expectations.expect(phrase, options, variables);
      case EXPECTS_NO -> expectations.expectNo(phrase, options);
      case FORGETS -> page.messages().inbox().clear();
      case SIGNS_IN -> signIn();
      case SIGNS_OUT -> page.request("goodbye", Map.of());
      case CUTS -> page.relay().cut();
      case STALLS -> page.relay().stall(true);
      case HALF_OPENS -> page.relay().stall(false);
      case COMES_BACK -> comeBack();
      case CALLS -> call(phrase, options);
      case SENDS -> send(phrase.get("event"), options);
      default -> withinCall(phrase, options, theCall());
    }
  }

  private void comeBack() throws StepFailure, InterruptedException {
    connect();
    page.resume();
  }

  private void call(Phrase phrase, Options options) throws StepFailure, InterruptedException {
    try {
      PageCall call;
      synchronized (this) {
        call = new PageCall("c" + ++called, stage, name(), who.voices());
        calls.put(call.id(), call);
        current = call.id();
      }
      phrase.find("with").map(Voice::list).ifPresent(call::use);
      page.request(
          "call",
          fields(
              options, Map.of("call", call.id(), "to", phrase.get("target"), "sdp", call.offer())));
    } catch (IOException e) {
      throw new StepFailure("no port for media", e);
    }
  }

  private static Map<String, Object> fields(Options options, Map<String, ?> usual) {
    Map<String, Object> fields = new LinkedHashMap<>(usual);
    options
        .json()
        .forEach(
            (name, value) -> {
              if (value == null) {
                fields.remove(name);
              } else {
                fields.put(name, value);
              }
            });
    return fields;
  }

  private void send(String type, Options options) {
    String raw = options.body();
    if (raw != null) {
      page.sendText(raw, type);
      return;
    }
    Map<String, String> call;
    synchronized (this) {
      call = current == null ? Map.of() : Map.of("call", current);
    }
    page.send(type, fields(options, options.json().containsKey("call") ? Map.of() : call));
  }

  private void withinCall(Phrase phrase, Options options, PageCall call)
      throws StepFailure, InterruptedException {
    Map<String, String> named = Map.of("call", call.id());
    switch (phrase.verb()) {
      case RINGS -> page.request("ringing", fields(options, named));
      case ANSWERS -> answer(call, phrase, options);
      case REFUSES -> {
        String reason = phrase.find("with").orElse("decline");
        page.request(
            "hangup", Map.of("call", call.id(), "reason", reason.equals("486") ? "busy" : reason));
      }
      case HANGS_UP -> page.request("hangup", fields(options, named));
      case HOLDS -> page.request("hold", fields(options, named));
      case RESUMES -> page.request("resume", fields(options, named));
      case TRANSFERS ->
          page.request(
              "transfer", fields(options, Map.of("call", call.id(), "to", phrase.get("target"))));
      case PRESSES ->
          page.request(
              "dtmf", fields(options, Map.of("call", call.id(), "digits", phrase.get("digits"))));
      default -> media(phrase, call);
    }
  }

  private void answer(PageCall call, Phrase phrase, Options options)
      throws StepFailure, InterruptedException {
    String offer;
    synchronized (this) {
      offer = offers.remove(call.id());
    }
    if (offer == null) {
      throw new StepFailure("there is no call of " + name() + " to be answered");
    }
    phrase.find("with").map(Voice::list).ifPresent(call::use);
    page.request("answer", fields(options, Map.of("call", call.id(), "sdp", call.answer(offer))));
  }

  private void media(Phrase phrase, PageCall call) throws StepFailure, InterruptedException {
    Duration within = stage.within(phrase);
    switch (phrase.verb()) {
      case PLAYS -> call.mouth().play(Integer.parseInt(phrase.get("hz")));
      case STOPS_SENDING -> call.mouth().stop();
      case LOSES -> call.mouth().lose(Integer.parseInt(phrase.get("percent").replace("%", "")));
      case HEARS -> hearing.tone(call.ear(), Integer.parseInt(phrase.get("hz")), within);
      case HEARS_NOTHING -> hearing.nothing(call.ear(), phrase.find("for").map(Phrase::duration));
      case HEARS_DIGITS -> {
        hearing.digits(page.messages()::digits, phrase.get("digits"), within);
        page.messages().forgetDigits(phrase.get("digits").length());
      }
      case MOVES -> move(call);
      default -> throw new StepFailure("a page cannot do this: " + phrase.verb().sentence());
    }
  }

  private void move(PageCall call) throws StepFailure {
    try {
      call.move();
      stage.trace().note(name(), "moves to another port");
    } catch (IOException e) {
      throw new StepFailure("no other port", e);
    }
  }

  @Override
  public void close() {
    for (PageCall call : ImmutableList.copyOf(calls.values())) {
      if (!call.over()) {
        page.send("hangup", Map.of("call", call.id()));
      }
    }
    page.send("goodbye", Map.of());
    try {
      stage
          .trace()
          .await(Duration.ofMillis(500), () -> page.messages().inbox().see(PageActor::isFarewell));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.values().forEach(PageCall::close);
    page.close();
  }

  private static boolean isFarewell(JsonNode message) {
    return Messages.type(message).equals("closed");
  }
}
