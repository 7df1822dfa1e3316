package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableList;
import org.ringdown.gateway.routing.address.AddressOfRecord;

/** Where a call leads: what a {@link Router} decides. */
public sealed interface Route {
  /** To all devices of a user, who may have none at the moment. */
  record ToUser(AddressOfRecord user) implements Route {}

  /** To all devices of several users, who ring together. */
  record ToGroup(ImmutableList<AddressOfRecord> users) implements Route {}

  /**
   * Out over a trunk.
   *
   * @param trunk its name
   * @param number the number to dial there: letters, digits and {@code + * # . _ ~ -}, never empty
   */
  record ToTrunk(String trunk, String number) implements Route {}

  /** To an extension of the gateway itself. */
  record ToExtension(ExtensionKind kind) implements Route {}

  /**
   * To several one after another, until one answers.
   *
   * @param steps who is tried, in this order; at least one
   * @param forwards who is tried after that
   */
  record ToSteps(ImmutableList<Step<Route>> steps, Forwards<Route> forwards) implements Route {}

  /**
   * Nowhere.
   *
   * @param reason why, for the machine
   * @param explanation why, in one sentence for a human; holds nothing that the caller sent
   */
  record Refused(RouteRefusal reason, String explanation) implements Route {}
}
