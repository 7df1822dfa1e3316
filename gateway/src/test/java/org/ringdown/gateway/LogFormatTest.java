package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
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

  private String format(Map<String, String> mdc) {
    LoggingEvent event =
        new LoggingEvent(
            "", context.getLogger("org.ringdown.gateway.Calls"), Level.INFO, "hello", null, null);
    event.setMDCPropertyMap(mdc);
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stdout");
    return new String(
        Objects.requireNonNull(appender).getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
