package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.GuestToken;
import org.ringdown.gateway.e2e.web.Page;

/** The examples of the client library do what they say. */
@NeedsPrograms({"node", "chromium", "baresip"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {
  @RegisterExtension
  final BrowserScene scene =
      BrowserScene.of(
          ExamplesIT.class,
          settings ->
              settings.withWeb(
                  "resumeGrace: 20s, reloadGrace: 20s, tokens: {secret: \"%s\"}"
                      .formatted(GuestToken.SECRET)));

  private final Stage stage = scene.stage();
  private final GatewayProcess gateway = scene.gateway();
  private final BrowserHost browsers = scene.browsers();

  @Test
  void call() {
    try (Page page = page()) {
      run(page, "call", Map.of("to", "9197"));
      page.awaitHearsElement("sound", Tone.OF_EXTENSION);
      page.run("await client.close()", Map.of());
      awaitPrinted(page, "The call was ended.");
    }
  }

  @Test
  void answer() {
    try (Page page = page();
        Baresip phone =
            stage.phone(
                SipAccount.at(gateway.sipPort(), "1001"), Baresip.Codec.PCMU, Tone.OF_PHONE)) {
      run(page, "answer", Map.of());
      phone.dial("alice");
      phone.await("CALL_ESTABLISHED");
      phone.awaitHears(Tone.OF_BROWSER);
      page.awaitHearsElement("sound", Tone.OF_PHONE);
      awaitPrinted(page, "is calling");
      phone.hangup();
    }
  }

  @Test
  void hold() {
    try (Page page = page()) {
      run(page, "hold", Map.of("to", "9196", "seconds", 0.3));
      awaitPrinted(page, "on hold");
      awaitPrinted(page, "going on");
      leave(page);
      gateway.awaitNoCalls();
    }
  }

  @Test
  void reload() {
    try (Page page = page()) {
      run(page, "reload", Map.of());
      page.run("await client.call('9197').answered", Map.of());
      page.reload();
      run(page, "reload", Map.of());
      page.awaitHearsElement("sound", Tone.OF_EXTENSION);
      page.run("await client.close()", Map.of());
    }
  }

  @Test
  void transfer() {
    try (Page page = page();
        Baresip phone = phone("1001")) {
      run(page, "transfer", Map.of("from", "1001", "to", "9197"));
      awaitPrinted(page, "the transfer: accepted");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.hangup();
    }
  }

  /**
   * A baresip that is on hold before it has heard anything stays deaf, so only one of them is
   * asked.
   */
  @Test
  void twoCalls() {
    try (Page page = page();
        Baresip customer = phone("1001");
        Baresip colleague = phone("1002")) {
      run(page, "two-calls", Map.of("first", "1001", "second", "1002"));
      colleague.awaitHears(Tone.OF_PHONE);
      customer.hangup();
    }
  }

  @Test
  void token() {
    try (Page page = page()) {
      page.run(
          """
          window.fetch = async () => new Response(JSON.stringify({ token: args.token }));
          const { default: run } = await import('/client/examples/token.js');
          window.client = await run({ url: '/tokens' });
          window.call = client.call('9197');
          await call.answered;
          """,
          Map.of("token", GuestToken.forNumber("guest-1", "9197")));
      assertThat(page.run("return client.state", Map.of()).asString("")).isEqualTo("online");
      page.run("await client.close()", Map.of());
    }
  }

  private Baresip phone(String user) {
    SipAccount account = SipAccount.at(gateway.sipPort(), user);
    return stage.answeringPhone(account, Baresip.Codec.PCMU, Tone.OF_PHONE);
  }

  /** The library says goodbye for a page that goes for good. */
  private static void leave(Page page) {
    page.run("location.assign('about:blank')", Map.of());
  }

  private Page page() {
    return Page.open(browsers, "chromium", gateway.webUrl() + "client/examples/index.html");
  }

  private static void run(Page page, String example, Map<String, ?> wishes) {
    Map<String, Object> args = new HashMap<>(wishes);
    args.putAll(Map.of("user", "alice", "password", "alicepw", "example", example));
    String body =
        """
        const { default: run } = await import(`/client/examples/${args.example}.js`);
        window.client = await run(args);
        """;
    page.run(body, args);
  }

  private static void awaitPrinted(Page page, String piece) {
    Awaitility.await("the page prints " + piece)
        .until(() -> page.printed().stream().anyMatch(line -> line.contains(piece)));
  }
}
