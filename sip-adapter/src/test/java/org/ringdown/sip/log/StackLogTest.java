package org.ringdown.sip.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StackLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("org.ringdown.sip.stack");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final StackLog log = new StackLog();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  @Test
  void keepsTheTextOfMessagesOutOfWarnings() {
    log.logError("bad message INVITE sip:5551234@example.org", new IOException("5551234"));
    assertThat(lines.list)
        .filteredOn(e -> e.getLevel() == Level.WARN)
        .hasSize(1)
        .noneMatch(e -> e.getFormattedMessage().contains("5551234"));
  }

  @Test
  void showsNoKeyOfMedia() {
    logger.setLevel(Level.TRACE);
    String sdp = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwg|2^20|1:4";
    log.logDebug(sdp);
    log.logInfo(sdp);
    log.logTrace(sdp);
    log.logError(sdp);
    log.logWarning(sdp);
    assertThat(lines.list)
        .hasSizeGreaterThanOrEqualTo(4)
        .noneMatch(e -> e.getFormattedMessage().contains("WVNf"))
        .anyMatch(e -> e.getFormattedMessage().contains("inline:***|2^20"));
  }

  @Test
  void neitherFloodsNorRepeatsLineEnds() {
    for (int i = 0; i < 1000; i++) {
      log.logError("x\r\nforged line " + "y".repeat(10_000));
    }
    assertThat(lines.list).hasSizeLessThan(50);
    assertThat(lines.list)
        .allMatch(e -> e.getFormattedMessage().length() < 400)
        .noneMatch(e -> e.getFormattedMessage().contains("\n"));
  }
}
