package org.ringdown.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code call-test} was called with. */
class CommandLineTest {
  @TempDir private Path directory = Path.of("");

  private Path script(String name) throws Exception {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, "");
  }

  @Test
  void ofAFolderAllScriptsArePlayedButNotTheirParts() throws Exception {
    Path first = script("counterparts/a.yaml");
    Path second = script("counterparts/more/departs.yaml");
    script("counterparts/parts/hold.yaml");
    script("counterparts/more/parts/deep/hold.yaml");
    script("counterparts/notes.txt");

    assertThat(CommandLine.parse(directory.resolve("counterparts").toString()).files())
        .containsExactly(first, second);
  }

  @Test
  void aValueMayStandBehindAnEqualsSign() throws Exception {
    CommandLine command = CommandLine.parse("--repeat=3", "--set=who=bob", "a.yaml");

    assertThat(command.repeat()).isEqualTo(3);
    assertThat(command.variables()).containsEntry("who", "bob");
    assertThatThrownBy(() -> CommandLine.parse("--watch=yes", "a.yaml"))
        .hasMessage("--watch takes no value");
    assertThatThrownBy(() -> CommandLine.parse("--repeat", "--watch"))
        .hasMessage("--repeat needs a number from 1 to 10000, not --watch");
  }

  @Test
  void whereCallsAreRecordedIsMadeOrRefused() throws Exception {
    Path script = script("a.yaml");
    Path record = directory.resolve("some").resolve("where");

    assertThat(CommandLine.parse("--record", record.toString(), script.toString()).record())
        .contains(record);
    assertThat(record).isDirectory();
    assertThatThrownBy(() -> CommandLine.parse("--record", script + "/in-a-file", "a.yaml"))
        .hasMessageStartingWith("cannot make the directory " + script);
  }
}
