package org.ringdown.sip.transport;

import com.google.common.base.Ascii;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import java.net.InetSocketAddress;
import javax.sip.message.Request;

/** Where a request really came from, whatever its headers say. */
public final class PacketSource {
  private PacketSource() {}

  /** The address its packet came from, and what carried it. */
  public static Destination of(Request request) {
    SIPRequest received = (SIPRequest) request;
    InetSocketAddress address =
        new InetSocketAddress(
            received.getPeerPacketSourceAddress(), received.getPeerPacketSourcePort());
    MessageChannel channel = (MessageChannel) received.getMessageChannel();
    return new Destination(
        address, SipTransport.valueOf(Ascii.toUpperCase(channel.getTransport())));
  }
}
