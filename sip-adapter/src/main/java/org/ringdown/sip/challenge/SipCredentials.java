package org.ringdown.sip.challenge;

import org.jspecify.annotations.Nullable;

/**
 * What to answer a server's challenge with (RFC 3261 section 22). Immutable, safe from any thread;
 * its text shows no password.
 *
 * @param user the user name
 * @param password the password
 * @param realm the only realm they are for, or null for whatever realm the server names
 */
public record SipCredentials(String user, String password, @Nullable String realm) {
  @Override
  public String toString() {
    return "SipCredentials[user=" + user + ", realm=" + realm + "]";
  }
}
