package org.ringdown.gateway.config.reader;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.yaml.ConfigException;

/**
 * A configuration file of that text, read as at the start.
 *
 * @param directory where it is written
 */
record ConfigText(Path directory) {
  /** What it says. */
  GatewayConfig load(String yaml) throws IOException, ConfigException {
    return read(written(yaml));
  }

  /** What is wrong with it; there must be something. */
  ImmutableList<String> problems(String yaml) throws IOException {
    Path file = written(yaml);
    return catchThrowableOfType(ConfigException.class, () -> read(file)).problems();
  }

  private Path written(String yaml) throws IOException {
    return Files.writeString(directory.resolve("gateway.yaml"), yaml);
  }

  private static GatewayConfig read(Path file) throws ConfigException {
    return ConfigLoader.load(file, name -> null);
  }
}
