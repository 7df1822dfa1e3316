package org.ringdown.sip.challenge;

import java.util.List;
import java.util.Optional;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.auth.DigestChallenge;
import org.ringdown.sip.auth.DigestClient;
import org.ringdown.sip.auth.DigestSyntaxException;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;

/**
 * Answers the challenges to requests of ours (RFC 3261 sections 22.2 and 22.3): those of a server
 * (401) and those of a proxy before it (407), each for itself. Not thread-safe: used within one
 * mailbox.
 */
public final class ClientAuthentication {
  private final @Nullable SipCredentials credentials;
  private @Nullable DigestClient server;
  private @Nullable DigestClient proxy;
  private String objection = "";

  /** {@code credentials} null answers nothing. */
  public ClientAuthentication(@Nullable SipCredentials credentials) {
    this.credentials = credentials;
    if (credentials != null) {
      server = new DigestClient(credentials.user(), credentials.password());
      proxy = new DigestClient(credentials.user(), credentials.password());
    }
  }

  /** Whether a response is a 401 or a 407. */
  public static boolean isChallenge(int code) {
    return code == Response.UNAUTHORIZED || code == Response.PROXY_AUTHENTICATION_REQUIRED;
  }

  /**
   * Takes a challenge; whether the request may be tried again, else {@link #objection} says why.
   */
  public boolean challenged(Response response) {
    boolean byProxy = response.getStatusCode() == Response.PROXY_AUTHENTICATION_REQUIRED;
    DigestClient client = byProxy ? proxy : server;
    if (client == null) {
      return false;
    }
    String name = byProxy ? "Proxy-Authenticate" : "WWW-Authenticate";
    List<String> ours =
        Requests.values(response, name).stream().filter(this::isAnswerable).toList();
    if (ours.isEmpty()) {
      objection = "the server asks for an authentication or a realm that is not set up here";
      return false;
    }
    if (!client.challenged(ours)) {
      objection = "the server refuses the user name or the password";
      return false;
    }
    return true;
  }

  private boolean isAnswerable(String header) {
    try {
      String asked = DigestChallenge.parse(header).realm();
      return credentials == null
          || credentials.realm() == null
          || asked.equals(credentials.realm());
    } catch (DigestSyntaxException e) {
      return false;
    }
  }

  /** Why the last challenge cannot be answered, a sentence for a person, or empty. */
  public String objection() {
    return objection;
  }

  /** Adds the credentials that were asked for so far; none before the first challenge. */
  public void authorize(Request request, SipMessages messages) {
    credentials(request, server)
        .ifPresent(value -> messages.setParsed(request, "Authorization", value));
    credentials(request, proxy)
        .ifPresent(value -> messages.setParsed(request, "Proxy-Authorization", value));
  }

  private static Optional<String> credentials(Request request, @Nullable DigestClient client) {
    return client == null
        ? Optional.empty()
        : client.authorization(request.getMethod(), request.getRequestURI().toString());
  }
}
