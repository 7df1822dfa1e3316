package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.Executor;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.Binding;
import org.ringdown.sip.Dial;
import org.ringdown.sip.NameAddress;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.SipTransport;

/** A registered phone that a call can be offered to. */
record PhoneBranch(
    LegRef media,
    Binding binding,
    CallFacts facts,
    String realm,
    SipEndpoint sip,
    Executor executor)
    implements Branch {

  @Override
  public Leg dial(String sdp, LegListener listener) {
    Dial dial =
        new Dial(
            binding.contact(),
            binding.flow().source(),
            SipTransport.valueOf(binding.flow().transport()),
            facts.from(),
            new NameAddress("", "sip:" + binding.addressOfRecord().user() + "@" + realm),
            sdp,
            ImmutableMap.of());
    SipLegEvents events = new SipLegEvents(executor, listener, By.CALLEE, media.policy().dtmf());
    return new SipBridgeLeg(media, sip.dial(dial, events));
  }
}
