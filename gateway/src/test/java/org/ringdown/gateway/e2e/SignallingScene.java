package org.ringdown.gateway.e2e;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ringdown.gateway.e2e.web.WsPeer;

/**
 * What the tests of a class share that are about messages alone: a stage with a gateway, and a page
 * of alice's without a browser, which forgets the past before each test. After each test nothing
 * may be left of its calls. For classes with one instance for all tests, as a field with
 * {@code @RegisterExtension}.
 */
final class SignallingScene implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final Stage stage;
  private final GatewayProcess gateway;
  private final WsPeer alice;

  private SignallingScene(Stage stage, UnaryOperator<GatewaySettings> settings) {
    this.stage = stage;
    gateway = stage.gateway(settings);
    alice = stage.peer(gateway, "alice");
  }

  /** With a gateway of these settings. */
  static SignallingScene on(Stage stage, UnaryOperator<GatewaySettings> settings) {
    return new SignallingScene(stage, settings);
  }

  GatewayProcess gateway() {
    return gateway;
  }

  WsPeer alice() {
    return alice;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    alice.forget();
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
