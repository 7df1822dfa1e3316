package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.function.Predicate;
import org.ringdown.gateway.routing.address.AddressOfRecord;

/**
 * Decides where a call leads. What was dialled is looked for as it is written, then as a number
 * without separators; among users first, then among extensions, then in the dial plan. Immutable,
 * safe from any thread.
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

  private static final Route NO_RULE =
      new Route.Refused(
          RouteRefusal.NOT_FOUND, "No rule of the dial plan says where this number leads.");

  private static final Route NOT_FOR_GUESTS =
      new Route.Refused(RouteRefusal.FORBIDDEN, "This sign-in may not call there.");

  private final ImmutableSet<String> users;
  private final Predicate<String> signedIn;
  private final ImmutableMap<String, ExtensionKind> extensions;
  private final DialPlan plan;

  /**
   * A router for one domain without a dial plan.
   *
   * @param users the names of those who can be called
   * @param extensions numbers that the gateway answers itself
   */
  public Router(ImmutableSet<String> users, ImmutableMap<String, ExtensionKind> extensions) {
    this(users, extensions, ImmutableList.of());
  }

  /**
   * A router for one domain.
   *
   * @param users the names of those who can be called
   * @param extensions numbers that the gateway answers itself
   * @param rules the dial plan, of which the first rule that fits decides
   */
  public Router(
      ImmutableSet<String> users,
      ImmutableMap<String, ExtensionKind> extensions,
      ImmutableList<DialRule> rules) {
    this(users, extensions, new DialPlan(rules), name -> false);
  }

  private Router(
      ImmutableSet<String> users,
      ImmutableMap<String, ExtensionKind> extensions,
      DialPlan plan,
      Predicate<String> signedIn) {
    this.users = users;
    this.extensions = extensions;
    this.plan = plan;
    this.signedIn = signedIn;
  }

  /**
   * The same, where users reach also those who are not configured but signed in now, by token. A
   * user, an extension or a rule of that name comes first.
   */
  public Router reachingAlso(Predicate<String> named) {
    return new Router(users, extensions, plan, named);
  }

  /**
   * The number in what was dialled, without separators; empty if it is a name or nothing at all.
   */
  public static Optional<String> numberOf(String dialled) {
    return Dialled.read(dialled).filter(Dialled::isNumber).map(Dialled::number);
  }

  /** Where a call leads: the route of {@link #decide}. */
  public Route route(Origin origin, String dialled) {
    return decide(origin, dialled).route();
  }

  /**
   * Where a call leads, and why. Somebody unknown reaches nothing, and does not learn who is there.
   * A user reaches other users and the extensions, and beyond them what the dial plan says; a trunk
   * reaches only what the dial plan says.
   *
   * @param dialled a number, a name, {@code name@host}, a SIP or tel URI, as anybody may write it
   */
  public Decision decide(Origin origin, String dialled) {
    if (origin instanceof Origin.Anonymous) {
      return new Decision(ANONYMOUS, "nobody known");
    }
    if (origin instanceof Origin.Guest guest) {
      return isAllowed(guest, dialled)
          ? decide(new Origin.User(guest.name()), dialled)
          : new Decision(NOT_FOR_GUESTS, "not among what this sign-in may call");
    }
    return Dialled.read(dialled)
        .map(number -> decide(origin, number))
        .orElseGet(() -> new Decision(NO_ADDRESS, "not an address"));
  }

  /**
   * What each rule of the dial plan makes of a number, in their order, for the operator; empty for
   * a caller or a number for which the rules are not asked.
   */
  public ImmutableList<String> consider(Origin origin, String dialled) {
    return Dialled.read(dialled)
        .filter(number -> !(origin instanceof Origin.Anonymous))
        .filter(number -> origin instanceof Origin.Trunk || named(number).isEmpty())
        .map(number -> plan.consider(origin, number.number()))
        .orElseGet(ImmutableList::of);
  }

  private static boolean isAllowed(Origin.Guest guest, String dialled) {
    Optional<Dialled> wanted = Dialled.read(dialled);
    return wanted.isPresent()
        && guest.destinations().stream()
            .flatMap(allowed -> Dialled.read(allowed).stream())
            .anyMatch(allowed -> allowed.number().equals(wanted.get().number()));
  }

  private Decision decide(Origin origin, Dialled dialled) {
    if (origin instanceof Origin.Trunk) {
      return plan.decide(
          origin, dialled.number(), new Decision(NO_RULE, "no rule for it from this trunk"));
    }
    return named(dialled)
        .orElseGet(() -> plan.decide(origin, dialled.number(), unnamed(dialled.name())));
  }

  private Decision unnamed(String name) {
    return signedIn.test(name)
        ? new Decision(new Route.ToUser(new AddressOfRecord(name)), "signed in by token")
        : new Decision(NOBODY, "no user, no extension, no rule");
  }

  private Optional<Decision> named(Dialled dialled) {
    return named(dialled.name()).or(() -> named(dialled.number()));
  }

  private Optional<Decision> named(String name) {
    if (users.contains(name)) {
      Route route = new Route.ToUser(new AddressOfRecord(name));
      return Optional.of(new Decision(route, "a user of the gateway"));
    }
    return Optional.ofNullable(extensions.get(name))
        .map(kind -> new Decision(new Route.ToExtension(kind), "an extension of the gateway"));
  }
}
