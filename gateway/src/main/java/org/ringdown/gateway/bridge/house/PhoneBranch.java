package org.ringdown.gateway.bridge.house;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.phone.SipBridgeLeg;
import org.ringdown.gateway.bridge.phone.SipLegEvents;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.transport.SipTransport;

/** A registered phone that a call can be offered to. */
record PhoneBranch(LegRef media, Party party, Binding binding, CallFacts facts, Way way)
    implements Branch {
  /**
   * How phones are called.
   *
   * @param realm the host name of our own URIs
   * @param sip what calls them
   * @param headers further header fields
   * @param dialogs which extensions of SIP their calls use
   * @param devices is told of those that are gone
   */
  record Way(
      String realm,
      SipEndpoint sip,
      ImmutableMap<String, String> headers,
      DialogPolicy dialogs,
      Devices devices) {}

  @Override
  public Optional<Branch> instead(EndReason refusal) {
    return media
        .encryptedAfter(refusal.status())
        .map(encrypted -> new PhoneBranch(encrypted, party, binding, facts, way));
  }

  @Override
  public Leg dial(String sdp, Seat seat) {
    Dial dial =
        new Dial(
                binding.contact(),
                binding.flow().source(),
                SipTransport.valueOf(binding.flow().transport()),
                facts.from(),
                new NameAddress("", "sip:" + binding.addressOfRecord().user() + "@" + way.realm()),
                sdp,
                way.headers())
            .with(way.dialogs())
            .as(Dial.Attempt.AT_PHONE)
            .within(facts.passed().hopsOnward());
    SipLegEvents events = new SipLegEvents(seat, () -> way.devices().lost(binding));
    return new SipBridgeLeg(seat, way.sip().dial(dial, events));
  }
}
