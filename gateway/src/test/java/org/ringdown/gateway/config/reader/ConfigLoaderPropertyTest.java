package org.ringdown.gateway.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.ringdown.gateway.config.yaml.ConfigException;

/** Whatever a file says, the operator gets a configuration or problems, and no stack trace. */
class ConfigLoaderPropertyTest {
  private static Path directory = Path.of("");

  @BeforeContainer
  static void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("ringdown");
  }

  @AfterContainer
  static void removeDirectory() throws IOException {
    Files.deleteIfExists(directory.resolve("gateway.yaml"));
    Files.delete(directory);
  }

  @Property(tries = 2000)
  void anyTextGivesAConfigurationOrProblems(@ForAll("texts") String text) throws IOException {
    Path file = Files.writeString(directory.resolve("gateway.yaml"), text);
    try {
      assertThat(ConfigLoader.load(file, name -> null).toString()).isNotEmpty();
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty().allMatch(problem -> problem.contains(": "));
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "sip",
            "web",
            "media",
            "users",
            "extensions",
            "admin",
            "listen",
            "http",
            "iceServers",
            "urls",
            "password",
            "bob",
            "registration",
            "rtp",
            "ports",
            ": ",
            ":",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "\n",
            "\n  ",
            "\n    ",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "<<",
            "!!int ",
            "? ",
            "| ",
            "---\n",
            "%YAML 1.2\n",
            "null",
            "~",
            "true",
            "5",
            "30s",
            "16KiB",
            "0.0.0.0:5",
            "udp:[::1]:0",
            "20000-20999",
            "${",
            "${X}",
            "${file:x}",
            "${X:-y}",
            "\t",
            "\uFEFF",
            "é")
        .list()
        .ofMaxSize(14)
        .map(words -> words.stream().collect(Collectors.joining()));
  }
}
