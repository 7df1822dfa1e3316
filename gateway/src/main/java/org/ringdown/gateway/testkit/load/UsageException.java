package org.ringdown.gateway.testkit.load;

/** The command line cannot be understood; the message says what is wrong, for people. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
