package org.ringdown.sip.log;

import com.google.common.util.concurrent.RateLimiter;
import gov.nist.core.StackLogger;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAIN-SIP's log, led to SLF4J. Public only because JAIN-SIP makes it by reflection.
 *
 * <p>JAIN-SIP reports every malformed message as an error with the whole message in it, so a
 * stranger could fill the disk and put numbers and addresses into the log. Here its text goes to
 * DEBUG, cut and without line ends, a few times a second; a WARN says only how often there was
 * something. Its own debugging goes to TRACE. Safe from any thread.
 */
public final class StackLog implements StackLogger {
  private static final Logger LOG = LoggerFactory.getLogger("org.ringdown.sip.stack");
  private static final int MAX_TEXT = 300;
  private static final Pattern KEY = Pattern.compile("(?i)inline:[^\\s|;]+");

  private final RateLimiter texts = RateLimiter.create(5);
  private final RateLimiter warnings = RateLimiter.create(1.0 / 60);
  private final AtomicInteger problems = new AtomicInteger();

  /** For JAIN-SIP. */
  public StackLog() {}

  private void problem(@Nullable String text, @Nullable Throwable cause) {
    problems.incrementAndGet();
    if (warnings.tryAcquire()) {
      LOG.warn(
          "JAIN-SIP reported {} problem(s), the last a {}; DEBUG shows their text",
          problems.getAndSet(0),
          cause == null ? "message" : cause.getClass().getSimpleName());
    }
    if (LOG.isDebugEnabled() && texts.tryAcquire()) {
      LOG.debug("{} {}", cut(text), cause == null ? "" : cut(cause.toString()));
    }
  }

  /** What our own part of the stack wants to tell at DEBUG. */
  public static void debug(String what, Exception cause) {
    LOG.debug("{}: {}", what, cut(cause.toString()));
  }

  /** Text for a log: short and without control characters, empty for null. */
  public static String cut(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String shown = withoutKeys(text);
    String start = shown.length() > MAX_TEXT ? shown.substring(0, MAX_TEXT) + "..." : shown;
    return start.replaceAll("\\p{Cntrl}+", " ");
  }

  /** SDP holds the keys of media (RFC 4568 section 8.1). */
  private static String withoutKeys(@Nullable String text) {
    return text == null ? "" : KEY.matcher(text).replaceAll("inline:***");
  }

  @Override
  public void logFatalError(String message) {
    problem(message, null);
  }

  @Override
  public void logError(String message) {
    problem(message, null);
  }

  @Override
  public void logError(String message, Exception ex) {
    problem(message, ex);
  }

  @Override
  public void logException(Throwable ex) {
    problem(null, ex);
  }

  @Override
  public void logWarning(String message) {
    if (LOG.isDebugEnabled() && texts.tryAcquire()) {
      LOG.debug("{}", cut(message));
    }
  }

  @Override
  public void logInfo(String message) {
    LOG.trace("{}", withoutKeys(message));
  }

  @Override
  public void logDebug(String message) {
    LOG.trace("{}", withoutKeys(message));
  }

  @Override
  public void logDebug(String message, Exception ex) {
    LOG.trace("{}", withoutKeys(message), ex);
  }

  @Override
  public void logTrace(String message) {
    LOG.trace("{}", withoutKeys(message));
  }

  @Override
  public boolean isLoggingEnabled() {
    return true;
  }

  @Override
  public boolean isLoggingEnabled(int level) {
    return level <= TRACE_WARN || LOG.isTraceEnabled();
  }

  @Override
  public void logStackTrace() {
    // Where in JAIN-SIP a line was written tells us nothing.
  }

  @Override
  public void logStackTrace(int level) {
    // As above.
  }

  @Override
  public int getLineCount() {
    return 0;
  }

  @Override
  public void disableLogging() {
    // The level of the SLF4J logger decides.
  }

  @Override
  public void enableLogging() {
    // The level of the SLF4J logger decides.
  }

  @Override
  public void setBuildTimeStamp(String buildTimeStamp) {
    LOG.debug("JAIN-SIP built {}", buildTimeStamp);
  }

  @Override
  public void setStackProperties(Properties properties) {
    // Set in code, nothing to read.
  }

  @Override
  public String getLoggerName() {
    return LOG.getName();
  }
}
