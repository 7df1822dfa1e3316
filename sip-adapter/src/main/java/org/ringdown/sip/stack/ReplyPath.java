package org.ringdown.sip.stack;

import gov.nist.javax.sip.stack.IOHandler;
import gov.nist.javax.sip.stack.MessageChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.ringdown.sip.work.Workers;

/**
 * Sends what goes over connections. Where the one a request came by is gone, JAIN-SIP connects to
 * the host in its Via to respond, whoever that is; here a response reaches nobody but the address
 * that the request came from (RFC 3261 section 18.2.2). Connecting and sending may take their time.
 * Safe from any thread.
 */
final class ReplyPath extends IOHandler {
  private final Workers workers;

  ReplyPath(JainStack stack, Workers workers) {
    super(stack);
    this.workers = workers;
  }

  @Override
  public Socket sendBytes(
      InetAddress local,
      InetAddress remote,
      int port,
      String transport,
      byte[] bytes,
      boolean isRequest,
      MessageChannel channel)
      throws IOException {
    if (!isRequest && !remote.getHostAddress().equals(channel.getPeerAddress())) {
      throw new ConnectException("the sender of the request is gone");
    }
    return workers.waiting(
        () -> super.sendBytes(local, remote, port, transport, bytes, isRequest, channel));
  }
}
