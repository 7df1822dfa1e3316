package org.ringdown.gateway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.ringdown.gateway.testkit.CallTest;

/** Plays scripts of {@code scripts/calls}. */
final class ShippedScripts {
  private static final Path LIBRARY =
      Path.of(System.getProperty("ringdown.module", "."), "..", "scripts", "calls");

  private ShippedScripts() {}

  /**
   * Plays a script or a folder of them.
   *
   * @param arguments of {@code call-test}
   * @return what it printed
   */
  static String mustPass(String script, String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, UTF_8);
    String file = LIBRARY.resolve(script).toString();
    String[] all =
        Stream.concat(Stream.of(file, "--patience", "5"), Stream.of(arguments))
            .toArray(String[]::new);

    assertThat(CallTest.run(out, out, all)).as(printed.toString(UTF_8)).isZero();
    return printed.toString(UTF_8);
  }
}
