package org.ringdown.webrtc.client;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.ice.IceCredentials;
import org.ringdown.webrtc.ice.StunMessage;
import org.ringdown.webrtc.ice.StunWriter;

/**
 * ICE with one local candidate (RFC 8445 sections 7 and 8.1): checks every remote candidate until
 * the first answers, nominates that, or as the controlled side waits for the other side to, and
 * goes on asking for consent. Answers the other side's checks. Safe from any thread.
 */
final class IceChecks implements AutoCloseable {
  /** RFC 8445 section 14.2 has 50 ms between two checks of one agent. */
  private static final long TICK_MS = 50;

  /** RFC 7675 section 5.1: about every five seconds. */
  private static final int TICKS_PER_CONSENT = 100;

  /** Type preference 110 of a peer-reflexive candidate (RFC 8445 section 7.1.1). */
  private static final long PRIORITY = (110L << 24) | (65_535L << 8) | 255;

  private static final int MAX_OPEN_CHECKS = 256;

  private final SecureRandom random;
  private final ScheduledExecutorService timer;
  private final BiConsumer<ByteBuffer, InetSocketAddress> socket;
  private final Runnable onPath;
  private final long tieBreaker;
  private final Map<ByteBuffer, Check> open = new HashMap<>();
  private volatile IceCredentials own;
  private IceCredentials theirs = new IceCredentials("", "");
  private List<InetSocketAddress> candidates = ImmutableList.of();
  private @Nullable InetSocketAddress selected;
  private @Nullable Future<?> ticking;
  private @Nullable InetSocketAddress theirChoice;
  private boolean controlling = true;
  private boolean nominated;
  private int ticks;

  IceChecks(
      SecureRandom random,
      ScheduledExecutorService timer,
      BiConsumer<ByteBuffer, InetSocketAddress> socket,
      Runnable onPath) {
    this.random = random;
    this.timer = timer;
    this.socket = socket;
    this.onPath = onPath;
    this.tieBreaker = random.nextLong();
    this.own = IceCredentials.random(random);
  }

  IceCredentials own() {
    return own;
  }

  synchronized void learn(IceCredentials credentials, List<InetSocketAddress> addresses) {
    boolean anew = !credentials.equals(theirs);
    theirs = credentials;
    candidates = ImmutableList.copyOf(addresses);
    if (anew) {
      selected = null;
      nominated = false;
    }
    if (ticking != null && selected == null) {
      tick();
    }
  }

  /** Leaves it to the other side to nominate. */
  synchronized void followTheOther() {
    controlling = false;
  }

  /** Where the path leads, or would lead if the preferred candidate answered. */
  synchronized @Nullable InetSocketAddress remote() {
    return selected != null || candidates.isEmpty() ? selected : candidates.get(0);
  }

  synchronized void start() {
    if (ticking == null) {
      ticking = timer.scheduleAtFixedRate(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** The path has to be proved again. */
  synchronized void restart() {
    nominated = false;
    if (ticking != null) {
      tick();
    }
  }

  /** Has other credentials, and knows no path until the other side's are learned. */
  synchronized void renew() {
    own = IceCredentials.random(random);
    theirs = new IceCredentials("", "");
    candidates = ImmutableList.of();
    open.clear();
    selected = null;
    nominated = false;
  }

  private synchronized void tick() {
    ticks++;
    if (selected != null && nominated) {
      if (ticks % TICKS_PER_CONSENT == 0) {
        check(selected, false);
      }
    } else if (selected != null) {
      check(selected, true);
    } else {
      candidates.forEach(candidate -> check(candidate, false));
    }
  }

  synchronized void send(boolean nominate) {
    InetSocketAddress remote = remote();
    if (remote != null) {
      check(remote, nominate);
    }
  }

  private void check(InetSocketAddress remote, boolean nominate) {
    byte[] id = new byte[12];
    random.nextBytes(id);
    if (open.size() > MAX_OPEN_CHECKS) {
      open.clear();
    }
    open.put(ByteBuffer.wrap(id), new Check(remote, nominate));
    StunWriter writer =
        StunWriter.request(id).username(theirs.ufrag() + ":" + own.ufrag()).priority(PRIORITY);
    if (controlling) {
      writer.iceControlling(tieBreaker);
    } else {
      writer.iceControlled(tieBreaker);
    }
    if (nominate && controlling) {
      writer.useCandidate();
    }
    socket.accept(writer.integrity(theirs.key()).fingerprint().build(), remote);
  }

  void receive(StunMessage message, InetSocketAddress source) {
    boolean stands =
        message.isRequest() ? answered(message, source) : message.isSuccess() && succeeded(message);
    if (stands) {
      onPath.run();
    }
  }

  /** Whether this is the moment at which the path stands. */
  private synchronized boolean succeeded(StunMessage message) {
    Check check = open.remove(ByteBuffer.wrap(message.transactionId()));
    if (check == null || !message.integrityMatches(theirs.key())) {
      return false;
    }
    boolean first = selected == null;
    if (first) {
      selected = check.remote();
    }
    if (!controlling) {
      return chosen(check.remote());
    }
    if (first) {
      check(check.remote(), true);
    }
    boolean stands = check.nominates() && !nominated;
    nominated |= check.nominates();
    return stands;
  }

  /** Whether a candidate that has answered us is what the other side wants. */
  private boolean chosen(InetSocketAddress remote) {
    boolean stands = remote.equals(theirChoice) && !nominated;
    if (stands) {
      selected = remote;
      nominated = true;
    }
    return stands;
  }

  /** The same for a check of the other side, which is answered. */
  private synchronized boolean answered(StunMessage request, InetSocketAddress source) {
    if (!request.integrityMatches(own.key())) {
      return false;
    }
    socket.accept(
        StunWriter.success(request)
            .xorMappedAddress(source)
            .integrity(own.key())
            .fingerprint()
            .build(),
        source);
    if (controlling || nominated) {
      return false;
    }
    if (request.useCandidate()) {
      theirChoice = source;
    }
    if (source.equals(selected)) {
      return chosen(source);
    }
    if (!theirs.ufrag().isEmpty()) {
      check(source, false); // the triggered check (section 7.3.1.4)
    }
    return false;
  }

  @Override
  public synchronized void close() {
    if (ticking != null) {
      ticking.cancel(false);
    }
  }

  private record Check(InetSocketAddress remote, boolean nominates) {}
}
