package org.ringdown.gateway.testkit.chromium;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where no Chromium can be had. */
class ChromiumTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void whereThereIsNoneItSaysHowToGetOne() {
    assertThatThrownBy(() -> Chromium.start(Map.of("PATH", directory.toString())::get))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no Chromium here")
        .hasMessageContaining("apt-get install chromium")
        .hasMessageContaining("CHROMIUM");
  }

  @Test
  void oneThatDoesNotRunIsToldWithItsLastWords() throws IOException {
    Path program = directory.resolve("chromium");
    Files.writeString(program, "#!/bin/sh\necho no sandbox here >&2\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> Chromium.start(Map.of("PATH", directory.toString())::get))
        .isInstanceOf(IOException.class)
        .hasMessage("Chromium does not start: no sandbox here");
  }

  @Test
  void oneThatIsNotWhereItIsSaidToBeIsTold() {
    assertThatThrownBy(() -> Chromium.start(Map.of("CHROMIUM", "/nowhere/chromium")::get))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/nowhere/chromium");
  }
}
