package org.ringdown.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.Replacing;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.stack.JainStack;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.PacketSource;

/** Reads a request that begins something into our own words. */
public final class InviteFacts {
  private InviteFacts() {}

  /** The facts of a request whose credentials were checked. */
  public static Invite of(Request request, Authentication authentication, Replacing replacing) {
    Destination source = PacketSource.of(request);
    return new Invite(
        Requests.callId(request),
        request.getRequestURI().toString(),
        Uris.user(request.getRequestURI()),
        Requests.name(((FromHeader) request.getHeader(FromHeader.NAME)).getAddress()),
        Requests.name(((ToHeader) request.getHeader(ToHeader.NAME)).getAddress()),
        source.address(),
        source.transport(),
        authentication,
        Bodies.sdp(request),
        Requests.headers(request),
        JainStack.certificates((SIPRequest) request),
        replacing);
  }
}
