package org.ringdown.gateway.testkit.load.measure;

/** A time that load measures. */
public enum Metric {
  /** From the caller's request to its arrival at the callee: the gateway's work. */
  OFFER("offer", "request of the caller to the callee"),
  /** From the callee's answer to its arrival at the caller: the gateway's work. */
  ANSWER("answer", "answer of the callee to the caller"),
  /**
   * The sum of both: what the gateway adds to the set-up of a call whose callee answers at once.
   */
  SETUP("setup", "set-up: request and answer"),
  /** From the callee's answer until each side has heard the other. */
  MEDIA("media", "answer until both hear"),
  /** From one end to the other, for each packet. */
  RELAY("relay", "packet, one end to the other"),
  /** From REGISTER to its 200; a challenge is part of it. */
  REGISTER("register", "registration of a phone"),
  /** From the beginning of the connection to {@code welcome}. */
  SIGN_IN("signIn", "connection and sign-in of a page");

  private final String key;
  private final String meaning;

  Metric(String key, String meaning) {
    this.key = key;
    this.meaning = meaning;
  }

  /** Its name in JSON. */
  public String key() {
    return key;
  }

  /** What it is, for people. */
  public String meaning() {
    return meaning;
  }
}
