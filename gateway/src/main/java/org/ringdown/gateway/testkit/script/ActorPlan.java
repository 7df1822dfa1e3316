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
  private static final ImmutableSet<Setting> OF_SIP =
      ImmutableSet.of(
          Setting.USER,
          Setting.PASSWORD,
          Setting.TRANSPORT,
          Setting.SRTP,
          Setting.CODECS,
          Setting.DISPLAY,
          Setting.DOMAIN,
          Setting.PORT);

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
    PHONE(ImmutableSet.<Setting>builder().addAll(OF_SIP).add(Setting.IDLE).build()),
    /** A SIP peer that never registers. */
    PEER(OF_SIP),
    /** A WebRTC client; signs in before the first step unless it is idle. */
    PAGE(
        ImmutableSet.of(
            Setting.USER, Setting.PASSWORD, Setting.BROWSER, Setting.CODECS, Setting.IDLE));

    private final ImmutableSet<Setting> settings;

    Kind(ImmutableSet<Setting> settings) {
      this.settings = settings;
    }

    /** What can be set. */
    public ImmutableSet<Setting> settings() {
      return settings;
    }

    /** The setting of this name. */
    public Optional<Setting> setting(String word) {
      return Setting.named(word, settings);
    }

    /** As it stands in a script. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
