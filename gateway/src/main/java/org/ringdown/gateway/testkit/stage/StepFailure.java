package org.ringdown.gateway.testkit.stage;

/** A step did not go as the script says; the message tells what was expected and what came. */
public final class StepFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for a person. */
  public StepFailure(String message) {
    super(message);
  }

  /** The message. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** The world failed. */
  public StepFailure(String message, Exception cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
