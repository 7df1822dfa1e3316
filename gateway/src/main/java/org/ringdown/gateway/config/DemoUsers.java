package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ringdown.gateway.config.GatewayConfig.User;

/** Two users to try the gateway with, for a configuration that names none. */
public final class DemoUsers {
  private static final String BROWSER_USER = "alice";
  private static final String PHONE_USER = "1001";

  /** Their names. */
  public static final ImmutableSet<String> NAMES = ImmutableSet.of(BROWSER_USER, PHONE_USER);

  /** No letter or digit that is read as another one: no 0, o, 1, l or i. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 3;
  private static final int GROUP_LENGTH = 4;

  private DemoUsers() {}

  /**
   * {@code alice}, meant for the browser, and {@code 1001}, meant for a phone, each with a fresh
   * password of three groups of four letters and digits (59 bits).
   */
  public static ImmutableMap<String, User> create(SecureRandom random) {
    return ImmutableMap.of(
        BROWSER_USER, new User(password(random), "Alice"),
        PHONE_USER, new User(password(random), "Desk phone"));
  }

  private static Secret password(SecureRandom random) {
    return new Secret(
        IntStream.range(0, GROUPS)
            .mapToObj(index -> group(random))
            .collect(Collectors.joining("-")));
  }

  private static String group(SecureRandom random) {
    return random
        .ints(GROUP_LENGTH, 0, ALPHABET.length())
        .mapToObj(ALPHABET::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }
}
