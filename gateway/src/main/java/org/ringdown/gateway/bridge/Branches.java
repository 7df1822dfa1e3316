package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.ringdown.gateway.media.Dialect;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.AddressOfRecord;
import org.ringdown.gateway.routing.Binding;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.WebRtcSession;

/**
 * Turns a route into the devices to offer the call to.
 *
 * @param devices who is where
 * @param realm the host name of our own URIs
 * @param sip the endpoint that calls phones, asked for when it is needed
 * @param trunks what leads out of the house
 * @param extensionPorts the extensions' own ports
 * @param timers paces what extensions play
 * @param clock tells which registrations still hold
 */
record Branches(
    Devices devices,
    String realm,
    Supplier<SipEndpoint> sip,
    Trunks trunks,
    RtpPortRange extensionPorts,
    ScheduledExecutorService timers,
    Clock clock) {

  /**
   * The devices of a route, all but the caller's own.
   *
   * @param executor the call's
   */
  ImmutableList<Branch> of(Route route, CallFacts facts, String callingDevice, Executor executor) {
    if (route instanceof Route.ToExtension extension) {
      return ImmutableList.of(
          new ExtensionBranch(
              called(Dialect.PLAIN, 1), extension.kind(), extensionPorts, timers, executor));
    }
    if (route instanceof Route.ToTrunk out) {
      LegRef leg = called(Dialect.PLAIN, 1);
      return trunks.find(out.trunk()).stream()
          .map(trunk -> new TrunkBranch(leg, trunk, out, facts, executor))
          .collect(ImmutableList.toImmutableList());
    }
    if (route instanceof Route.ToUser user) {
      return ofUsers(ImmutableList.of(user.user()), facts, callingDevice, executor);
    }
    if (route instanceof Route.ToGroup group) {
      return ofUsers(group.users(), facts, callingDevice, executor);
    }
    return ImmutableList.of();
  }

  private ImmutableList<Branch> ofUsers(
      ImmutableList<AddressOfRecord> users,
      CallFacts facts,
      String callingDevice,
      Executor executor) {
    ImmutableList.Builder<Branch> branches = ImmutableList.builder();
    int number = 0;
    for (AddressOfRecord user : users) {
      for (WebRtcSession page : devices.pagesOf(user.user())) {
        if (!deviceOf(page).equals(callingDevice)) {
          branches.add(new PageBranch(called(Dialect.WEBRTC, ++number), page, facts, executor));
        }
      }
      for (Binding phone : devices.phonesOf(user, clock.instant())) {
        if (!deviceOf(phone).equals(callingDevice)) {
          LegRef leg = called(Dialect.PLAIN, ++number);
          branches.add(new PhoneBranch(leg, phone, facts, realm, sip.get(), executor));
        }
      }
    }
    return branches.build();
  }

  /** A page, as a caller's device. */
  static String deviceOf(WebRtcSession page) {
    return "page " + page.id();
  }

  private static String deviceOf(Binding phone) {
    return deviceAt(phone.flow().source().toString());
  }

  /** A phone, as a caller's device. */
  static String deviceAt(String source) {
    return "phone " + source;
  }

  private static LegRef called(Dialect dialect, int number) {
    return new LegRef("callee-" + number, dialect);
  }
}
