package org.ringdown.gateway.bridge.house;

import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.ringdown.gateway.config.GatewayConfig.User;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.sip.message.NameAddress;

/**
 * Who may sign in, and as whom others see them. Immutable, safe from any thread.
 *
 * @param byName the users
 * @param realm the host name of our own URIs
 */
public record Users(ImmutableMap<String, User> byName, String realm) {

  /** A user's password, if there is such a user. */
  public Optional<String> passwordOf(String user) {
    return Optional.ofNullable(byName.get(user)).map(known -> known.password().value());
  }

  /** Whether this is the user's password; takes the same time for a user who does not exist. */
  public boolean isPassword(String user, String password) {
    byte[] expected = passwordOf(user).orElse("").getBytes(StandardCharsets.UTF_8);
    boolean same = MessageDigest.isEqual(expected, password.getBytes(StandardCharsets.UTF_8));
    return same && byName.containsKey(user);
  }

  /**
   * Whether the one may take a call that rings at the other: itself, or one of its pick-up group.
   */
  public boolean mayPickUp(Origin by, Origin ringing) {
    if (by.equals(ringing)) {
      return true;
    }
    Optional<String> group = pickupGroup(by);
    return group.isPresent() && group.equals(pickupGroup(ringing));
  }

  private Optional<String> pickupGroup(Origin origin) {
    return origin instanceof Origin.User user
        ? Optional.ofNullable(byName.get(user.name()))
            .map(User::pickup)
            .filter(group -> !group.isEmpty())
        : Optional.empty();
  }

  /** As whom others see the user. */
  public NameAddress addressOf(String user) {
    String display = Optional.ofNullable(byName.get(user)).map(User::display).orElse("");
    return new NameAddress(display, "sip:" + user + "@" + realm);
  }
}
