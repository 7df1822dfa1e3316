package org.ringdown.gateway.bridge.house;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Passed;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.gateway.trunk.Diversion;
import org.ringdown.gateway.trunk.OutgoingCall;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.webrtc.page.WebRtcSession;

/**
 * The devices that one call is offered to, each a leg with a number of its own. Belongs to the
 * call's executor.
 */
public final class CallBranches {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9._+*~-]{1,64}");

  private final Branches house;
  private final Call call;
  private int made;

  /** Devices for this call, none of them made yet. */
  public CallBranches(Branches house, Call call) {
    this.house = house;
    this.call = call;
  }

  /**
   * The call, or the part of it that a transfer begins.
   *
   * @param device the calling one, which is not to ring itself
   * @param prefix what the legs' names in the media begin with
   * @param hunt knows whether the call is forwarded, and why
   */
  public record Call(CallFacts facts, Origin origin, String device, String prefix, Hunt hunt) {}

  /** Where a route leads now: all devices but the caller's own. */
  public ImmutableList<Branch> of(Route route) {
    if (route instanceof Route.ToExtension extension && !call.facts().passed().replaces()) {
      return ImmutableList.of(
          new ExtensionBranch(
              called(Dialect.PLAIN),
              Party.shown(new Origin.Anonymous(), shown(call.facts().to()), ""),
              extension.kind(),
              house.extensionPorts(),
              house.timers()));
    }
    if (route instanceof Route.ToTrunk out) {
      Party party = Party.shown(new Origin.Trunk(out.trunk()), shown(out.number()), "");
      return house.trunks().find(out.trunk()).stream()
          .map(trunk -> new TrunkBranch(called(trunk), party, trunk, out, outgoing()))
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
    ImmutableMap<String, String> toPages = headers(house.headers().pages());
    ImmutableMap<String, String> toPhones = headers(house.headers().phones());
    for (AddressOfRecord user : users) {
      for (WebRtcSession page : pagesOf(user)) {
        String device = Branches.deviceOf(page);
        if (!device.equals(call.device())) {
          LegRef leg = called(Dialect.WEBRTC);
          branches.add(
              new PageBranch(
                  leg, party(Branches.originOf(page), user, device), page, call.facts(), toPages));
        }
      }
      for (Binding phone : house.devices().phonesOf(user, house.clock().instant())) {
        String device = Branches.deviceOf(phone);
        if (!device.equals(call.device())) {
          var way =
              new PhoneBranch.Way(
                  house.users().realm(),
                  house.sip().get(),
                  toPhones,
                  house.phoneDialogs(),
                  house.devices());
          Party party = party(new Origin.User(user.user()), user, device);
          branches.add(new PhoneBranch(called(phone), party, phone, call.facts(), way));
        }
      }
    }
    return branches.build();
  }

  /** A page has no dialog that another call could take the place of. */
  private ImmutableList<WebRtcSession> pagesOf(AddressOfRecord user) {
    return call.facts().passed().replaces()
        ? ImmutableList.of()
        : house.devices().pagesOf(user.user());
  }

  private Party party(Origin rights, AddressOfRecord user, String device) {
    return Party.shown(rights, house.users().addressOf(user.user()), device);
  }

  private NameAddress shown(String dialled) {
    String realm = house.users().realm();
    return new NameAddress("", dialled.contains(":") ? dialled : "sip:" + dialled + "@" + realm);
  }

  private LegRef called(Binding phone) {
    InetAddress peer = phone.flow().source().getAddress();
    return new LegRef(nextName(), Dialect.PLAIN, house.phoneMedia(), peer);
  }

  private LegRef called(TrunkLink trunk) {
    return new LegRef(nextName(), Dialect.PLAIN, trunk.media(), trunk.address());
  }

  /** What a side may see of what came with the call; that it was forwarded, everybody may. */
  private ImmutableMap<String, String> headers(HeaderPolicy policy) {
    ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
    headers.putAll(policy.sent(call.facts().passed().headers()));
    Diversion.header(diversions()).ifPresent(value -> headers.put("Diversion", value));
    for (String name : ImmutableList.of(Passed.REFERRED_BY, Passed.REPLACES)) {
      Optional.ofNullable(call.facts().passed().headers().get(name))
          .ifPresent(value -> headers.put(name, value));
    }
    return headers.buildKeepingLast();
  }

  /** A call from a trunk that goes out over a trunk is forwarded too. */
  private OutgoingCall outgoing() {
    boolean passesThrough = call.origin() instanceof Origin.Trunk;
    ImmutableList<Diversion> diversions =
        passesThrough && call.hunt().forwardedOn().isEmpty()
            ? with(Diversion.by(dialled(), null))
            : diversions();
    Passed passed = call.facts().passed();
    return new OutgoingCall(
        call.facts().caller(), diversions, passed.headers(), passed.hopsOnward());
  }

  private ImmutableList<Diversion> diversions() {
    return call.hunt()
        .forwardedOn()
        .map(how -> with(Diversion.by(dialled(), how)))
        .orElse(call.facts().passed().diversions());
  }

  private ImmutableList<Diversion> with(Diversion own) {
    return ImmutableList.<Diversion>builder()
        .addAll(call.facts().passed().diversions())
        .add(own)
        .build();
  }

  /** What was called, as a URI of ours. */
  private String dialled() {
    String to = call.facts().to();
    String name = PLAIN_NAME.matcher(to).matches() ? to : "anonymous";
    String user = Router.numberOf(to).orElse(name).replace("#", "%23");
    return "sip:" + user + "@" + house.users().realm();
  }

  private LegRef called(Dialect dialect) {
    return new LegRef(nextName(), dialect);
  }

  private String nextName() {
    return call.prefix() + "-" + ++made;
  }
}
