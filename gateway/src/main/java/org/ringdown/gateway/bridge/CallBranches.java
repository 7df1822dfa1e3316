package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import org.ringdown.gateway.media.Dialect;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.AddressOfRecord;
import org.ringdown.gateway.routing.Binding;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.webrtc.WebRtcSession;

/**
 * The devices that one call is offered to, each a leg with a number of its own. Belongs to the
 * call's executor.
 */
final class CallBranches {
  private final Branches house;
  private final CallFacts facts;
  private final String callingDevice;
  private final Executor executor;
  private int made;

  CallBranches(Branches house, CallFacts facts, String callingDevice, Executor executor) {
    this.house = house;
    this.facts = facts;
    this.callingDevice = callingDevice;
    this.executor = executor;
  }

  /** Where a route leads now: all devices but the caller's own. */
  ImmutableList<Branch> of(Route route) {
    if (route instanceof Route.ToExtension extension) {
      return ImmutableList.of(
          new ExtensionBranch(
              called(Dialect.PLAIN),
              extension.kind(),
              house.extensionPorts(),
              house.timers(),
              executor));
    }
    if (route instanceof Route.ToTrunk out) {
      return house.trunks().find(out.trunk()).stream()
          .map(trunk -> new TrunkBranch(called(trunk), trunk, out, facts, executor))
          .collect(ImmutableList.toImmutableList());
    }
    if (route instanceof Route.ToUser user) {
      return ofUsers(ImmutableList.of(user.user()));
    }
    if (route instanceof Route.ToGroup group) {
      return ofUsers(group.users());
    }
    return ImmutableList.of();
  }

  private ImmutableList<Branch> ofUsers(ImmutableList<AddressOfRecord> users) {
    ImmutableList.Builder<Branch> branches = ImmutableList.builder();
    for (AddressOfRecord user : users) {
      for (WebRtcSession page : house.devices().pagesOf(user.user())) {
        if (!Branches.deviceOf(page).equals(callingDevice)) {
          branches.add(new PageBranch(called(Dialect.WEBRTC), page, facts, executor));
        }
      }
      for (Binding phone : house.devices().phonesOf(user, house.clock().instant())) {
        if (!Branches.deviceOf(phone).equals(callingDevice)) {
          branches.add(
              new PhoneBranch(
                  called(phone), phone, facts, house.realm(), house.sip().get(), executor));
        }
      }
    }
    return branches.build();
  }

  private LegRef called(Binding phone) {
    InetAddress peer = phone.flow().source().getAddress();
    return new LegRef(nextName(), Dialect.PLAIN, house.phoneMedia(), peer);
  }

  private LegRef called(TrunkLink trunk) {
    return new LegRef(nextName(), Dialect.PLAIN, trunk.media(), trunk.address());
  }

  private LegRef called(Dialect dialect) {
    return new LegRef(nextName(), dialect);
  }

  private String nextName() {
    return "callee-" + ++made;
  }
}
