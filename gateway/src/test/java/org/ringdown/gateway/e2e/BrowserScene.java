package org.ringdown.gateway.e2e;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.BrowserNetwork;

/**
 * What the tests of a class share that are about pages: a stage with a gateway and a Chromium,
 * whose name is {@code chromium}. After each test nothing may be left of its calls. For classes
 * with one instance for all tests, as a field with {@code @RegisterExtension}.
 */
final class BrowserScene implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final Stage stage;
  private final GatewayProcess gateway;
  private final BrowserHost browsers;
  private final String origin;

  private BrowserScene(Stage stage, GatewayProcess gateway, BrowserHost browsers, String origin) {
    this.stage = stage;
    this.gateway = gateway;
    this.browsers = browsers;
    this.origin = origin;
  }

  /** With the usual gateway. */
  static BrowserScene of(Class<?> test) {
    return of(test, settings -> settings);
  }

  /** With a gateway of other settings. */
  static BrowserScene of(Class<?> test, UnaryOperator<GatewaySettings> settings) {
    Stage stage = Stage.of(test);
    return new BrowserScene(stage, stage.gateway(settings), stage.browsers(), "");
  }

  /** With the browser in a network of its own, where the gateway's pages and their media are. */
  static BrowserScene in(
      BrowserNetwork network, Stage stage, UnaryOperator<GatewaySettings> settings) {
    GatewayProcess gateway =
        stage.gateway(usual -> settings.apply(usual.forPagesAt(network.gateway())));
    return new BrowserScene(stage, gateway, stage.browsers(network), gateway.webUrl());
  }

  Stage stage() {
    return stage;
  }

  GatewayProcess gateway() {
    return gateway;
  }

  BrowserHost browsers() {
    return browsers;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    browsers.launch("chromium", BrowserHost.Kind.CHROMIUM, Tone.OF_BROWSER, origin);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    gateway.awaitNoCalls();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    stage.close();
  }
}
