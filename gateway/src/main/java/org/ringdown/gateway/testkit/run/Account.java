package org.ringdown.gateway.testkit.run;

/** Whom an actor signs in as. */
public record Account(String user, String password) {
  @Override
  public String toString() {
    return "Account[" + user + "]";
  }
}
