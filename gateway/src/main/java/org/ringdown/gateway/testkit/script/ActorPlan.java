package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Optional;

/**
 * Who takes part.
 *
 * @param settings of {@link Kind#settings}, with variables not filled in
 */
public record ActorPlan(
    Place place, String name, Kind kind, ImmutableMap<String, String> settings) {
  /** A setting, if it is there. */
  public Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** Whether it is surely a real browser, whatever the variables. */
  public boolean isBrowser() {
    return setting("browser").filter("chromium"::equals).isPresent();
  }

  /** What an actor is. */
  public enum Kind {
    /** A SIP phone; registers before the first step unless it is idle. */
    PHONE("user", "password", "transport", "srtp", "codecs", "display", "idle"),
    /** A SIP peer that never registers. */
    PEER("user", "password", "transport", "srtp", "codecs", "display"),
    /** A WebRTC client; signs in before the first step unless it is idle. */
    PAGE("user", "password", "browser", "codecs", "idle");

    private final ImmutableSet<String> settings;

    Kind(String... settings) {
      this.settings = ImmutableSet.copyOf(settings);
    }

    /** What can be set. */
    public ImmutableSet<String> settings() {
      return settings;
    }

    /** As it stands in a script. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
