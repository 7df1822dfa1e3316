package org.ringdown.gateway;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Whoever waits for a condition looks at once, then often, and is patient: with the usual first
 * look after 100 ms a good part of the time of all tests would be spent waiting for what is there.
 */
public final class FrequentLooks implements TestInstancePreConstructCallback {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext instance, ExtensionContext context) {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    Awaitility.setDefaultTimeout(PATIENCE);
  }
}
