package org.ringdown.gateway.command;

/** A command line that cannot be understood; the message says to a person why. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what was expected. */
  public UsageException(String message) {
    super(message);
  }
}
