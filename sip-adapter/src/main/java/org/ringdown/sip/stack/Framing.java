package org.ringdown.sip.stack;

import com.google.common.collect.MapMaker;
import com.google.common.util.concurrent.RateLimiter;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.stack.ConnectionOrientedMessageChannel;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import java.util.Collections;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.header.ContentLengthHeader;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a message is as long as it says (RFC 3261 section 18.3). JAIN-SIP cuts or fills the body
 * of a datagram, and dies of a long one on a connection. Safe from any thread.
 */
final class Framing {
  private static final Logger LOG = LoggerFactory.getLogger(Framing.class);

  private final int maxBytes;
  private final RateLimiter lines = RateLimiter.create(1);

  /** Connections on which something follows that we do not read. */
  private final Set<MessageChannel> lost =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

  Framing(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Whether what comes now is the rest of a message that was too long; the connection is closed.
   */
  boolean isLost(@Nullable ParseExceptionListener listener) {
    if (listener instanceof MessageChannel channel && lost.contains(channel)) {
      channel.close();
      return true;
    }
    return false;
  }

  /** The message, a {@link Fault} attached if it is a request to be refused; null to drop it. */
  @Nullable SIPMessage checked(
      SIPMessage message, Head head, byte[] bytes, @Nullable ParseExceptionListener listener) {
    ContentLengthHeader header = message.getContentLength();
    int body = bytes.length - head.end();
    if (listener instanceof UDPMessageChannel) {
      int announced = head.contentLength(body);
      boolean cut =
          announced < body
              && message.getContentTypeHeader() != null
              && hasMore(bytes, head.end() + Math.max(0, announced));
      return announced > body || cut ? refused(message, Response.BAD_REQUEST) : message;
    }
    if (header != null
        && listener instanceof ConnectionOrientedMessageChannel channel
        && header.getContentLength() > maxBytes - bytes.length) {
      return tooLong(message, header, channel);
    }
    return message;
  }

  /** What is more than line ends and zeros, with which some fill their datagrams. */
  private static boolean hasMore(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != 0 && bytes[i] != ' ') {
        return true;
      }
    }
    return false;
  }

  private static @Nullable SIPMessage refused(SIPMessage message, int code) {
    if (!(message instanceof SIPRequest request)) {
      return null;
    }
    if (!(request.getApplicationData() instanceof Fault)) {
      request.setApplicationData(new Fault(code));
    }
    return request;
  }

  /** It is answered without its body, and the connection is closed with what follows. */
  private @Nullable SIPMessage tooLong(
      SIPMessage message, ContentLengthHeader header, ConnectionOrientedMessageChannel channel) {
    if (lines.tryAcquire()) {
      LOG.warn(
          "a message of {} bytes by {} is refused, and its connection closed",
          header.getContentLength(),
          channel.getTransport());
    }
    lost.add(channel);
    try {
      header.setContentLength(0);
    } catch (InvalidArgumentException e) {
      throw new AssertionError("a constant is in range", e);
    }
    return refused(message, Response.REQUEST_ENTITY_TOO_LARGE);
  }
}
