package org.ringdown.gateway.testkit.web;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sound.Voice;
import org.ringdown.gateway.testkit.media.SoundSteps;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.stage.Actor;
import org.ringdown.gateway.testkit.stage.Expectations;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Network;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import tools.jackson.databind.JsonNode;

/** A WebRTC page as an actor of call scripts. */
public final class PageActor implements Actor {
  private final Stage stage;
  private final Who who;
  private final PageCalls calls;
  private final Page page;
  private final Expectations<JsonNode> expectations;
  private final SoundSteps sound;
  private @Nullable GatewayAddress gateway;

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
    calls = new PageCalls(stage, who);
    page = calls.page();
    expectations = new Expectations<>(stage, page.messages().inbox(), new JsonLanguage());
    sound = new SoundSteps(stage, who.name());
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

  private PageCall theCall() throws StepFailure {
    return calls.current().orElseThrow(() -> new StepFailure(name() + " has no call"));
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
      case CHANGES_NETWORK -> changeNetwork();
      case TURNS -> calls.turnTo(calls.other());
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
      PageCall call = calls.begin();
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
    Map<String, String> call =
        calls.current().map(known -> Map.of("call", known.id())).orElse(Map.of());
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
      case JOINS ->
          page.request(
              "transfer", fields(options, Map.of("call", calls.other().id(), "with", call.id())));
      case PRESSES ->
          page.request(
              "dtmf", fields(options, Map.of("call", call.id(), "digits", phrase.get("digits"))));
      default -> media(phrase, call);
    }
  }

  private void answer(PageCall call, Phrase phrase, Options options)
      throws StepFailure, InterruptedException {
    String offer = calls.takeOffer(call);
    phrase.find("with").map(Voice::list).ifPresent(call::use);
    page.request("answer", fields(options, Map.of("call", call.id(), "sdp", call.answer(offer))));
  }

  private void media(Phrase phrase, PageCall call) throws StepFailure, InterruptedException {
    switch (phrase.verb()) {
      case HEARS_DIGITS -> {
        String digits = phrase.get("digits");
        sound.hearing().digits(page.messages()::digits, digits, stage.within(phrase));
        page.messages().forgetDigits(digits.length());
      }
      case MOVES -> onNetwork(call::move);
      case RESTARTS_ICE -> restartIce(call, stage.network());
      default -> {
        if (!sound.perform(phrase, call.mouth(), call.ear())) {
          throw new StepFailure("a page cannot do this: " + phrase.verb().sentence());
        }
      }
    }
  }

  private static void onNetwork(NetworkWork work) throws StepFailure {
    try {
      work.run();
    } catch (IOException e) {
      throw new StepFailure("no other port", e);
    }
  }

  /** Something done to the sockets for media. */
  private interface NetworkWork {
    void run() throws IOException;
  }

  /**
   * As a browser does whose address is another: the session is resumed, its calls look for a path.
   */
  private void changeNetwork() throws StepFailure, InterruptedException {
    page.relay().cut();
    try (Network other = stage.network().another()) {
      comeBack();
      for (PageCall call : calls.all()) {
        if (!call.over()) {
          restartIce(call, other);
        }
      }
    } catch (IOException e) {
      throw new StepFailure("no other network", e);
    }
  }

  private void restartIce(PageCall call, Network network) throws StepFailure, InterruptedException {
    onNetwork(() -> call.restartIce(network));
    page.request("offer", Map.of("call", call.id(), "sdp", call.offer()));
  }

  @Override
  public void close() {
    for (PageCall call : calls.all()) {
      if (!call.over()) {
        page.send("hangup", Map.of("call", call.id()));
      }
    }
    if (page.wasConnected()) {
      sayGoodbye();
    }
    calls.all().forEach(PageCall::close);
    page.close();
  }

  private void sayGoodbye() {
    page.send("goodbye", Map.of());
    try {
      stage
          .trace()
          .await(Duration.ofMillis(500), () -> page.messages().inbox().see(PageActor::isFarewell));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isFarewell(JsonNode message) {
    return Messages.type(message).equals("closed");
  }
}
