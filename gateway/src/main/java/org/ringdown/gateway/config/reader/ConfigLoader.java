package org.ringdown.gateway.config.reader;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.yaml.ConfigException;
import org.ringdown.gateway.config.yaml.Problems;
import org.ringdown.gateway.config.yaml.Section;
import org.ringdown.gateway.config.yaml.Substitution;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads a configuration file (YAML 1.2, UTF-8). Stateless, safe from any thread. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Reads a file. What it does not set is as in {@link GatewayConfig#defaults}. Relative paths in
   * it begin where the file is.
   *
   * @param environment gives the variables that <code>${NAME}</code> stands for; null if not set
   * @throws ConfigException with every problem of the file, if there is any
   */
  public static GatewayConfig load(Path file, Function<String, @Nullable String> environment)
      throws ConfigException {
    Problems problems = new Problems();
    Node node = compose(readText(file, problems), problems);
    problems.check();
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    Section root = new Section(node, problems, new Substitution(environment, directory));
    GatewayConfig config = root.read(new ConfigReader(directory)::read);
    new CrossChecks(config, problems).run();
    problems.check();
    return config;
  }

  private static String readText(Path file, Problems problems) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      problems.add("file", "does not exist: " + file);
    } catch (CharacterCodingException e) {
      problems.add("file", "is not UTF-8 text: " + file);
    } catch (IOException e) {
      problems.add("file", "cannot be read: " + file + " (" + e.getMessage() + ")");
    }
    return "";
  }

  private static @Nullable Node compose(String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setAllowNonScalarKeys(true).build();
    try {
      return new Compose(settings).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      Integer line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(null);
      problems.add("file", line, "is not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add("file", "is not valid YAML: " + e.getMessage());
    }
    return null;
  }
}
