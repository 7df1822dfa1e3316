package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides where a call leads. What was dialled is looked for as it is written, then as a number
 * without separators; among users first, then among extensions. Immutable, safe from any thread.
 */
public final class Router {
  private static final Route ANONYMOUS =
      new Route.Refused(RouteRefusal.FORBIDDEN, "Sign in before you call.");
  private static final Route NO_ADDRESS =
      new Route.Refused(
          RouteRefusal.NOT_FOUND,
          "What was dialled is neither a number, a name nor a SIP address.");
  private static final Route NOBODY =
      new Route.Refused(RouteRefusal.NOT_FOUND, "Nobody here has this name or number.");

  private final ImmutableSet<String> users;
  private final ImmutableMap<String, ExtensionKind> extensions;

  /**
   * A router for one domain.
   *
   * @param users the names of those who can be called
   * @param extensions numbers that the gateway answers itself
   */
  public Router(ImmutableSet<String> users, ImmutableMap<String, ExtensionKind> extensions) {
    this.users = users;
    this.extensions = extensions;
  }

  /**
   * Where a call leads. Somebody unknown reaches nothing, and does not learn who is there.
   *
   * @param dialled a number, a name, {@code name@host}, a SIP or tel URI, as anybody may write it
   */
  public Route route(Origin origin, String dialled) {
    if (origin instanceof Origin.Anonymous) {
      return ANONYMOUS;
    }
    return Dialled.read(dialled).map(this::find).orElse(NO_ADDRESS);
  }

  private Route find(Dialled dialled) {
    return Stream.of(dialled.name(), dialled.number())
        .flatMap(name -> named(name).stream())
        .findFirst()
        .orElse(NOBODY);
  }

  private Optional<Route> named(String name) {
    if (users.contains(name)) {
      return Optional.of(new Route.ToUser(new AddressOfRecord(name)));
    }
    return Optional.ofNullable(extensions.get(name)).map(Route.ToExtension::new);
  }
}
