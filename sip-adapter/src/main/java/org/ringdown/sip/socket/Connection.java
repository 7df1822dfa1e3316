package org.ringdown.sip.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.log.StackLog;

/**
 * What is known of one TCP connection, whatever it carries: who opened it, when something was said
 * on it last, and whether its peer listens at all. Its streams stand between JAIN-SIP and the
 * socket, or between JAIN-SIP and TLS; keep-alives (RFC 5626 section 3.5.1) are dealt with here
 * where JAIN-SIP does not. Safe from any thread.
 */
final class Connection {
  private static final byte[] PING = "\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] PONG = "\r\n".getBytes(US_ASCII);

  /** How far it has come. */
  private enum Phase {
    HANDSHAKE,
    SILENT,
    SPEAKING
  }

  private final boolean ours;
  private volatile Phase phase;
  private volatile long opened;
  private volatile long used;
  private volatile long writingSince;
  private volatile long pingedAt;
  private volatile long lastPing;
  private volatile boolean ponged;
  private volatile String fault = "";
  private volatile Consumer<String> unheard = why -> {};
  private volatile @Nullable OutputStream out;

  /**
   * A connection that is about to be made.
   *
   * @param ours whether we opened it
   * @param secure whether TLS is still to begin on it
   */
  Connection(boolean ours, boolean secure) {
    this.ours = ours;
    this.phase = secure ? Phase.HANDSHAKE : Phase.SILENT;
  }

  /** It stands: time counts from now. */
  void begins() {
    opened = System.nanoTime();
    used = opened;
    lastPing = opened;
  }

  /** Whether somebody else opened it. */
  boolean isIncoming() {
    return !ours;
  }

  /** Whether nobody has said anything on it yet. */
  boolean isSilent() {
    return phase != Phase.SPEAKING;
  }

  /** Whether somebody waits for the peer to take what we say. */
  boolean isWriting() {
    return writingSince != 0;
  }

  /** TLS stands. */
  void secured() {
    phase = Phase.SILENT;
  }

  /** Why it was closed from here, or empty. */
  String fault() {
    return fault;
  }

  /**
   * Wants to be told, with a reason, if the other side of a connection of ours closes it without
   * having said anything. A server that does not want our certificate does so: by TLS 1.3 the
   * handshake is over for us before it looks (RFC 8446 section 4.4.2.4).
   */
  void whenUnheard(Consumer<String> listener) {
    unheard = listener;
  }

  private void closedByPeer(String why) {
    if (ours && isSilent() && fault.isEmpty()) {
      unheard.accept(why);
    }
  }

  /** What is wrong with it, if anything; to be closed then. */
  Optional<String> judge(ConnectionLimits limits) {
    fault = complaint(limits, System.nanoTime());
    return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
  }

  private String complaint(ConnectionLimits limits, long now) {
    if (phase == Phase.HANDSHAKE && later(now, opened, limits.handshake())) {
      return "no TLS handshake within " + limits.handshake().toSeconds() + " s";
    }
    if (isWriting() && later(now, writingSince, limits.stuck())) {
      return "the other side does not take what it is sent";
    }
    if (!ours && isSilent() && later(now, opened, limits.silence())) {
      return "nothing was said";
    }
    if (ponged && pingedAt != 0 && later(now, pingedAt, limits.pong())) {
      return "no answer to a keep-alive";
    }
    return later(now, used, limits.idle()) ? "not used any more" : "";
  }

  private static boolean later(long now, long since, Duration limit) {
    return now - since > limit.toNanos();
  }

  /**
   * Whether it is time for a keep-alive, which then is up to the caller; only on connections of
   * ours, which we want to keep.
   */
  boolean wantsPing(ConnectionLimits limits) {
    long now = System.nanoTime();
    boolean able = ours && phase != Phase.HANDSHAKE && !isWriting() && out != null;
    if (!able || !later(now, lastPing, limits.ping())) {
      return false;
    }
    lastPing = now;
    return true;
  }

  /** Sends a keep-alive; blocks where the peer does not listen. */
  void ping() {
    OutputStream to = out;
    if (to == null) {
      return;
    }
    pingedAt = System.nanoTime();
    try {
      // JAIN-SIP holds the same lock while it writes the pieces of a message.
      synchronized (to) {
        to.write(PING);
        to.flush();
      }
    } catch (IOException e) {
      StackLog.debug("a keep-alive cannot be sent", e);
    }
  }

  /** The stream to read from in place of this one. */
  InputStream hearing(InputStream from) {
    return new Hearing(from);
  }

  /** The stream to write to in place of this one. */
  OutputStream speaking(OutputStream to) {
    Speaking speaking = new Speaking(to);
    out = speaking;
    return speaking;
  }

  private final class Hearing extends FilterInputStream {
    private int lineEnds;

    Hearing(InputStream from) {
      super(from);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count;
      do {
        count = heard(into, offset, length);
      } while (count > 0 && isKeepAlive(into, offset, count));
      return count;
    }

    private int heard(byte[] into, int offset, int length) throws IOException {
      try {
        int count = in.read(into, offset, length);
        if (count < 0) {
          closedByPeer("it closed the connection without a word");
        }
        return count;
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        closedByPeer(Failures.why(e));
        throw e;
      }
    }

    private boolean isKeepAlive(byte[] bytes, int offset, int count) throws IOException {
      used = System.nanoTime();
      boolean answer = pingedAt != 0 && count == PONG.length && isBlank(bytes, offset, count);
      pingedAt = 0;
      if (answer) {
        ponged = true;
        return true;
      }
      if (isSilent() && isBlank(bytes, offset, count)) {
        answerPings(count);
        return true;
      }
      phase = Phase.SPEAKING;
      return false;
    }

    /** Before the first request JAIN-SIP does not know how to answer on this connection. */
    private void answerPings(int count) throws IOException {
      lineEnds += count;
      OutputStream to = out;
      while (lineEnds >= PING.length && to != null) {
        lineEnds -= PING.length;
        synchronized (to) {
          to.write(PONG);
          to.flush();
        }
      }
    }
  }

  private static boolean isBlank(byte[] bytes, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (bytes[i] != '\r' && bytes[i] != '\n') {
        return false;
      }
    }
    return true;
  }

  private final class Speaking extends FilterOutputStream {
    Speaking(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writingSince = System.nanoTime();
      try {
        out.write(bytes, offset, length);
        used = System.nanoTime();
      } finally {
        writingSince = 0;
      }
    }
  }
}
