package org.ringdown.gateway.e2e.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.sound.Tone;
import tools.jackson.databind.JsonNode;

/**
 * One web page in a real browser, as a rule with the gateway's own JavaScript client signed in. Its
 * calls are numbered from 0 in the order they began. Safe from any thread.
 */
public final class Page implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** The tone a page hears now: its frequency, the energy's share around it, and its level. */
  public record Hearing(double frequencyHz, double share, double levelDb) {
    /** Whether it is that tone. */
    public boolean isOf(Tone tone) {
      return share >= 0.6 && levelDb > -60 && Math.abs(frequencyHz - tone.frequencyHz()) <= 15;
    }
  }

  private final BrowserHost host;
  private final String name;

  private Page(BrowserHost host, String name) {
    this.host = host;
    this.name = name;
  }

  /** Opens a page of 1280 by 800. */
  public static Page open(BrowserHost host, String browser, String url) {
    return open(host, browser, url, 1280, 800);
  }

  /** Opens a page of that size. */
  public static Page open(BrowserHost host, String browser, String url, int width, int height) {
    return new Page(host, host.open(browser, url, width, height));
  }

  /** Loads the client module into the page and signs in. */
  public Page signIn(String user, String password) {
    run(host.script("harness.js"), Map.of());
    run("await rd.signIn(args.user, args.password)", Map.of("user", user, "password", password));
    return this;
  }

  /** Loads a page into it that speaks the protocol by itself: {@code raw}, and {@code rd}. */
  public Page speakRaw() {
    run(host.script("harness.js"), Map.of());
    run(host.script("raw.js"), Map.of());
    return this;
  }

  /** Loads the page anew, as a user does; what its scripts held is gone. */
  public void reload() {
    host.command("reload", name, Map.of());
  }

  /** Sends the microphone through a pair of connections in the page itself; what arrives. */
  public Hearing loopBack() {
    run(host.script("harness.js"), Map.of());
    return hearing(run(host.script("loopback.js"), Map.of()));
  }

  /** Calls and returns the call's number. */
  public int call(String to) {
    return run("return rd.call(args.to)", Map.of("to", to)).asInt();
  }

  /** Waits for an incoming call and returns its number. */
  public int awaitIncoming() {
    JsonNode number =
        Awaitility.await(name + " is called")
            .atMost(PATIENCE)
            .until(() -> run("return rd.incoming()", Map.of()), n -> n.asInt(-1) >= 0);
    return number.asInt();
  }

  /** Answers a call. */
  public void answer(int call) {
    run("await rd.answer(args.call)", Map.of("call", call));
  }

  /** Refuses a call with {@code busy} or {@code decline}. */
  public void decline(int call, String reason) {
    run("await rd.calls[args.call].decline(args.reason)", Map.of("call", call, "reason", reason));
  }

  /** Ends a call. */
  public void hangup(int call) {
    run("await rd.calls[args.call].hangup()", Map.of("call", call));
  }

  /** Holds the other side. */
  public void hold(int call) {
    run("await rd.calls[args.call].hold()", Map.of("call", call));
  }

  /** Takes the other side from hold. */
  public void resume(int call) {
    run("await rd.calls[args.call].resume()", Map.of("call", call));
  }

  /** Sends the other side to somebody else; waits until that one has picked up. */
  public void transfer(int call, String to) {
    run("await rd.calls[args.call].transfer(args.to)", Map.of("call", call, "to", to));
  }

  /** Lets the other sides of two calls talk to each other; waits until they do. */
  public void join(int call, int other) {
    run(
        "await rd.calls[args.call].transferTo(rd.calls[args.other])",
        Map.of("call", call, "other", other));
  }

  /** Sends digits. */
  public void dtmf(int call, String digits) {
    run("await rd.calls[args.call].dtmf(args.digits)", Map.of("call", call, "digits", digits));
  }

  /** The call's state as the client names it. */
  public String state(int call) {
    return run("return rd.calls[args.call].state", Map.of("call", call)).asString("");
  }

  /** Waits until the call is in a state. */
  public void awaitState(int call, String state) {
    Awaitility.await(name + ": call " + call + " is " + state)
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              if (!state(call).equals(state)) {
                throw new AssertionError("is " + state(call) + ", events " + events(call));
              }
            });
  }

  /** Why an ended call ended: {@code by}, {@code code}, {@code sip}, {@code q850}. */
  public JsonNode reason(int call) {
    return run("return rd.calls[args.call].reason", Map.of("call", call));
  }

  /** The call's events so far, as {@code type} and {@code detail}. */
  public List<JsonNode> events(int call) {
    JsonNode events =
        run("return rd.events.filter((e) => e.call === args.call)", Map.of("call", call));
    return events.valueStream().toList();
  }

  /** The digits the call has received. */
  public String digits(int call) {
    StringBuilder digits = new StringBuilder();
    for (JsonNode event : events(call)) {
      digits.append(event.path("detail").path("digit").asString(""));
    }
    return digits.toString();
  }

  /** What is heard of the other side during the last two thirds of a second. */
  public Hearing hear(int call) {
    return hearing(run("return await rd.hear(args.call)", Map.of("call", call)));
  }

  /** What the audio element of that id plays, in a page that runs its own script. */
  public Hearing hearElement(String id) {
    run("if (!window.rd) {\n" + host.script("harness.js") + "\n}", Map.of());
    String body = "return await rd.hearElement(args.id)";
    return hearing(run(body, Map.of("id", id)));
  }

  /** Waits until the audio element of that id plays a tone. */
  public void awaitHearsElement(String id, Tone tone) {
    Awaitility.await(name + " plays " + tone)
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .until(() -> hearElement(id).isOf(tone));
  }

  private static Hearing hearing(JsonNode heard) {
    return new Hearing(
        heard.path("hz").asDouble(0),
        heard.path("share").asDouble(0),
        heard.path("db").asDouble(0));
  }

  /** Waits until the tone is heard. */
  public void awaitHears(int call, Tone tone) {
    Awaitility.await(name + " hears " + tone)
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .untilAsserted(
            () -> {
              Hearing heard = hear(call);
              if (!heard.isOf(tone)) {
                throw new AssertionError("heard " + heard + ", state " + state(call));
              }
            });
  }

  /** RTP packets received so far, by the browser's own count. */
  public int packetsReceived(int call) {
    return run("return await rd.packetsReceived(args.call)", Map.of("call", call)).asInt(0);
  }

  /** Waits until so many packets have been received in all. */
  public void awaitPackets(int call, int packets) {
    Awaitility.await(name + " receives " + packets + " packets")
        .atMost(PATIENCE)
        .until(() -> packetsReceived(call) >= packets);
  }

  /** Waits until no offer is open in either direction. */
  public void awaitStable(int call) {
    String body = "return rd.calls[args.call].pc.signalingState";
    Awaitility.await(name + " has no open offer")
        .atMost(PATIENCE)
        .until(() -> run(body, Map.of("call", call)).asString("").equals("stable"));
  }

  /** Presses keys by their names, such as {@code Tab} or {@code Enter}. */
  public void press(String... keys) {
    host.command("press", name, Map.of("keys", List.of(keys)));
  }

  /** Types text into the element that has the focus. */
  public void type(String text) {
    host.command("type", name, Map.of("text", text));
  }

  /** Shows the page as on a screen of that size, {@code light} or {@code dark}. Chromium only. */
  public void look(int width, int height, String scheme) {
    host.command("look", name, Map.of("width", width, "height", height, "scheme", scheme));
  }

  /**
   * Lets pages of its origin do this without asking, such as {@code notifications}. Chromium only.
   */
  public void permit(String... permissions) {
    host.command("permit", name, Map.of("permissions", List.of(permissions)));
  }

  /** What makes the page hard to use with a screen reader or by keyboard, as axe finds it. */
  public List<String> barriers() {
    return host.command("axe", name, Map.of()).valueStream().map(JsonNode::asString).toList();
  }

  /** Keeps a picture of the page. */
  public void screenshot(Path png) {
    host.command("screenshot", name, Map.of("path", png.toString()));
  }

  /** Runs the body of an async JavaScript function of one parameter, {@code args}. */
  public JsonNode run(String body, Map<String, ?> args) {
    return host.evaluate(name, body, args);
  }

  /** What the page's scripts threw without catching it. */
  public List<String> errors() {
    return host.events(name, "pageerror");
  }

  /** What the page's scripts have printed, each with its level before it. */
  public List<String> printed() {
    return host.events(name, "console");
  }

  /** Closes the tab, as a user does who has had enough. */
  @Override
  public void close() {
    host.command("close", name, Map.of());
  }
}
