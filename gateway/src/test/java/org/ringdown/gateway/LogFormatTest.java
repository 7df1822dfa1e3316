package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The logging that {@code logback.xml} sets up. */
class LogFormatTest {
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(LogFormatTest.class.getResource("/logback.xml")));
  }

  @Test
  void anEventIsOneLineWithItsCall() {
    assertThat(format(Map.of("call", "g-1")))
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Calls: \\[g-1] hello\\R");
  }

  @Test
  void anEventOfNoCallHasNoBrackets() {
    assertThat(format(Map.of())).contains(" INFO  Calls: hello").doesNotContain("[");
  }

  @Test
  void librariesAreQuiet() {
    assertThat(context.getLogger("gov.nist.javax.sip").isInfoEnabled()).isFalse();
    assertThat(context.getLogger("org.eclipse.jetty.server").isInfoEnabled()).isFalse();
    assertThat(context.getLogger("org.ringdown.gateway").isInfoEnabled()).isTrue();
  }

  @Test
  void noCallWaitsForATerminalThatIsHalted() {
    LogbackMDCAdapter calls = new LogbackMDCAdapter();
    context.setMDCAdapter(calls);
    CountDownLatch halted = new CountDownLatch(1);
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    stdout().setOutputStream(new HaltedStream(halted, terminal));
    Logger log = context.getLogger("org.ringdown.gateway.Calls");

    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          calls.put("call", "g-1");
          for (int i = 0; i < 20_000; i++) {
            log.info("hello {}", i);
          }
        });
    halted.countDown();
    context.stop();

    assertThat(terminal.toString(StandardCharsets.UTF_8).lines())
        .hasSizeBetween(4_000, 9_000)
        .first()
        .asString()
        .endsWith("INFO  Calls: [g-1] hello 0");
  }

  private ConsoleAppender<ILoggingEvent> stdout() {
    AsyncAppender aside = (AsyncAppender) context.getLogger("ROOT").getAppender("aside");
    return (ConsoleAppender<ILoggingEvent>)
        Objects.requireNonNull(Objects.requireNonNull(aside).getAppender("stdout"));
  }

  private String format(Map<String, String> mdc) {
    LoggingEvent event =
        new LoggingEvent(
            "", context.getLogger("org.ringdown.gateway.Calls"), Level.INFO, "hello", null, null);
    event.setMDCPropertyMap(mdc);
    return new String(stdout().getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  /** Takes nothing until it goes on. */
  private static final class HaltedStream extends OutputStream {
    private final CountDownLatch goesOn;
    private final OutputStream terminal;

    HaltedStream(CountDownLatch goesOn, OutputStream terminal) {
      this.goesOn = goesOn;
      this.terminal = terminal;
    }

    @Override
    public void write(int b) throws IOException {
      Uninterruptibles.awaitUninterruptibly(goesOn);
      terminal.write(b);
    }
  }
}
