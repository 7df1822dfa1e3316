package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /** Reads a file. */
  public static GatewayConfig load(Path file, Function<String, @Nullable String> environment)
      throws ConfigException {
    throw new ConfigException(ImmutableList.of(file + ": not built yet" + environment));
  }
}
