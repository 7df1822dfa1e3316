package org.ringdown.gateway.bridge.house;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.WebRtcSession;

/**
 * What the devices that calls are offered to are made of.
 *
 * @param devices who is where
 * @param rules what holds now
 * @param sip the endpoint that calls phones, asked for when it is needed
 * @param trunks what leads out of the house
 * @param extensionPorts the extensions' own ports
 * @param timers paces what extensions play
 * @param clock tells which registrations still hold
 */
public record Branches(
    Devices devices,
    Supplier<HouseRules> rules,
    Supplier<SipEndpoint> sip,
    Trunks trunks,
    RtpPortRange extensionPorts,
    ScheduledExecutorService timers,
    Clock clock) {

  Users users() {
    return rules.get().users();
  }

  MediaPolicy phoneMedia() {
    return rules.get().phoneMedia();
  }

  GatewayConfig.Headers headers() {
    return rules.get().headers();
  }

  /** Which header fields pass between the gateway and whoever has this leg. */
  public HeaderPolicy headersOf(Party party, LegRef leg) {
    if (party.origin() instanceof Origin.Trunk trunk) {
      return trunks.find(trunk.name()).map(TrunkLink::headers).orElse(HeaderPolicy.NONE);
    }
    return leg.dialect() == Dialect.WEBRTC ? headers().pages() : headers().phones();
  }

  DialogPolicy phoneDialogs() {
    return rules.get().phoneDialogs();
  }

  /** Who asks for a call of this page, as its sign-in says. */
  public static Origin originOf(WebRtcSession page) {
    Grant grant = page.grant();
    return grant.destinations().isEmpty()
        ? new Origin.User(grant.user())
        : new Origin.Guest(grant.user(), grant.destinations());
  }

  /** A page, as a caller's device. */
  public static String deviceOf(WebRtcSession page) {
    return "page " + page.id();
  }

  /** A registered phone, as a caller's device. */
  public static String deviceOf(Binding phone) {
    return deviceAt(phone.flow().source().toString());
  }

  /** A phone, as a caller's device. */
  public static String deviceAt(String source) {
    return "phone " + source;
  }
}
