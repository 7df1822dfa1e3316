package org.ringdown.gateway.testkit.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.chromium.Chromium;
import org.ringdown.gateway.testkit.chromium.Tab;
import org.ringdown.gateway.testkit.media.Hearing;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.stage.Actor;
import org.ringdown.gateway.testkit.stage.Expectations;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import tools.jackson.databind.JsonNode;

/**
 * A page in a real browser as an actor of call scripts: the gateway's own client library calls, and
 * the browser does ICE, DTLS and sound.
 */
public final class BrowserActor implements Actor {
  private static final String SCRIPT = "browser-actor.js";

  /** Something small of the gateway's, so that the page is of its origin. */
  private static final String SOME_PAGE = "/client/package.json";

  private final Stage stage;
  private final PageActor.Who who;
  private final Messages messages;
  private final Expectations<JsonNode> expectations;
  private final Hearing hearing;
  private final Relay relay;
  private final Tab tab;
  private @Nullable URI web;

  /**
   * Opens an empty page.
   *
   * @throws IOException if the browser does not
   */
  public BrowserActor(Stage stage, PageActor.Who who, Chromium chromium)
      throws IOException, InterruptedException {
    this.stage = stage;
    this.who = who;
    messages = new Messages(stage.trace(), who.name());
    expectations = new Expectations<>(stage, messages.inbox(), new JsonLanguage());
    hearing = new Hearing(stage.trace(), who.name());
    relay = Relay.open();
    tab = chromium.open(relay.address(), "tellKit", this::told);
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
    web = gateway.web();
    String origin = gateway.web().resolve("/").toString().replaceFirst("^ws", "http");
    try {
      if (gateway.anyCertificate()) {
        tab.takeAnyCertificate();
      }
      tab.trust(origin);
      tab.visit(origin.replaceFirst("/$", SOME_PAGE));
      tab.run(Resources.toString(Resources.getResource(getClass(), SCRIPT), UTF_8), Map.of());
    } catch (IOException e) {
      String hint = String.valueOf(e.getMessage()).contains("ERR_CERT") ? Page.INSECURE : "";
      throw new StepFailure("no page of the client library at " + origin + hint, e);
    }
    if (who.signsInFirst()) {
      signIn();
      messages.inbox().clear();
    }
  }

  /** What the page's script tells. */
  private void told(String text) {
    if (!text.startsWith("{")) {
      stage.trace().note(name(), text.lines().findFirst().orElse(""));
      return;
    }
    JsonNode told = Messages.JSON.readTree(text);
    JsonNode message = told.path("message");
    switch (told.path("what").asString("")) {
      case "out" -> messages.sent(Messages.type(message), message.toString());
      case "in" -> {
        messages.came(Messages.label(message), message.toString());
        messages.keep(message);
      }
      case "closed" ->
          messages.closed(told.path("code").asInt(0), told.path("reason").asString(""));
      default -> stage.trace().note(name(), "ICE " + told.path("iceConnectionState").asString(""));
    }
  }

  private void signIn() throws StepFailure, InterruptedException {
    doInPage(
        "signsIn",
        Map.of("url", String.valueOf(web), "user", who.user(), "password", who.password()));
  }

  private JsonNode doInPage(String verb, Map<String, ?> args)
      throws StepFailure, InterruptedException {
    try {
      return tab.run("return (await actor." + verb + "(args)) ?? null;", args);
    } catch (IOException e) {
      throw new StepFailure(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void perform(Phrase phrase, Options options, Variables variables)
      throws StepFailure, InterruptedException {
    switch (phrase.verb()) {
      case EXPECTS -> expectations.expect(phrase, options, variables);
      case EXPECTS_NO -> expectations.expectNo(phrase, options);
      case FORGETS -> messages.inbox().clear();
      case SIGNS_IN -> signIn();
      case SIGNS_OUT -> doInPage("signsOut", Map.of());
      case CUTS -> relay.cut();
      case STALLS -> relay.stall(true);
      case HALF_OPENS -> relay.stall(false);
      case COMES_BACK -> doInPage("comesBack", Map.of("ms", stage.replies().toMillis()));
      case CHANGES_NETWORK -> {
        relay.cut();
        doInPage("changesNetwork", Map.of("ms", stage.replies().toMillis()));
      }
      case HEARS, HEARS_NOTHING, HEARS_DIGITS -> hear(phrase);
      default -> call(phrase);
    }
  }

  private void call(Phrase phrase) throws StepFailure, InterruptedException {
    switch (phrase.verb()) {
      case CALLS -> doInPage("calls", Map.of("target", phrase.get("target")));
      case RINGS -> doInPage("rings", Map.of());
      case ANSWERS -> doInPage("answers", Map.of());
      case REFUSES -> {
        String how =
            phrase.find("with").filter(with -> with.matches("486|busy")).isPresent()
                ? "busy"
                : "decline";
        doInPage("refuses", Map.of("how", how));
      }
      case HANGS_UP -> doInPage("hangsUp", Map.of());
      case HOLDS -> doInPage("holds", Map.of());
      case RESUMES -> doInPage("resumes", Map.of());
      case TRANSFERS -> doInPage("transfers", Map.of("target", phrase.get("target")));
      case JOINS -> doInPage("joins", Map.of());
      case TURNS -> doInPage("turns", Map.of());
      case RESTARTS_ICE -> doInPage("restartsIce", Map.of());
      case PRESSES -> doInPage("presses", Map.of("digits", phrase.get("digits")));
      case PLAYS -> doInPage("plays", Map.of("hz", Integer.parseInt(phrase.get("hz"))));
      case STOPS_SENDING -> doInPage("stopsSending", Map.of());
      default -> throw new StepFailure("a browser cannot do this: " + phrase.verb().sentence());
    }
  }

  private void hear(Phrase phrase) throws StepFailure, InterruptedException {
    Duration within = stage.within(phrase);
    switch (phrase.verb()) {
      case HEARS -> {
        int hz = Integer.parseInt(phrase.get("hz"));
        JsonNode instead = doInPage("hears", Map.of("hz", hz, "ms", within.toMillis()));
        hearing.judgeTone(hz, within, instead.asStringOpt());
      }
      case HEARS_NOTHING -> {
        Duration lasting = phrase.time("for", Hearing.SILENCE);
        hearing.judgeSilence(
            doInPage(
                    "hearsNothing",
                    Map.of("settleMs", Hearing.SETTLE.toMillis(), "ms", lasting.toMillis()))
                .asStringOpt());
      }
      default -> {
        hearing.digits(messages::digits, phrase.get("digits"), within);
        messages.forgetDigits(phrase.get("digits").length());
      }
    }
  }

  @Override
  public void close() {
    try {
      doInPage("signsOut", Map.of());
    } catch (StepFailure e) {
      stage.trace().note(name(), e.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tab.close();
    try {
      relay.close();
    } catch (IOException e) {
      stage.trace().note(name(), "does not close: " + e.getMessage());
    }
  }
}
