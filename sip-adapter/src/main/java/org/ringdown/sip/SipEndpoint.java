package org.ringdown.sip;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.TooManyListenersException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sip.PeerUnavailableException;
import org.ringdown.sip.call.Calls;
import org.ringdown.sip.challenge.AuthenticationCheck;
import org.ringdown.sip.dns.DnsConfig;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.guard.Scanners;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.TrunkRegistration;
import org.ringdown.sip.socket.ConnectionLimits;
import org.ringdown.sip.stack.JainStack;
import org.ringdown.sip.text.OutgoingText;
import org.ringdown.sip.text.TextSender;
import org.ringdown.sip.transaction.SipTimers;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.ContactHops;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.LargeRequests;
import org.ringdown.sip.transport.LocalPoint;
import org.ringdown.sip.transport.LocalPoints;
import org.ringdown.sip.transport.NamedHops;
import org.ringdown.sip.transport.Way;
import org.ringdown.sip.work.Workers;

/**
 * The SIP stack: owns every SIP socket, turns messages into {@link SipHandler} calls and {@link
 * SipLeg}s. Safe from any thread.
 */
public final class SipEndpoint implements AutoCloseable {
  private static final int TEND_EVERY_MS = 500;

  private final JainStack stack;
  private final Workers workers;
  private final ScheduledExecutorService timer;
  private final Wiring wiring;
  private final Calls calls;

  private SipEndpoint(
      SipConfig config,
      SipHandler handler,
      NamedHops names,
      SipTimers timers,
      JainStack stack,
      Scanners scanners,
      LocalPoints points) {
    this.stack = stack;
    this.workers = stack.workers();
    this.timer = timer();
    this.wiring =
        new Wiring(
            new SipMessages(config.realm(), config.userAgent()),
            points,
            new AuthenticationCheck(
                config.realm(), config.nonceLifetime(), handler::passwordOf, scanners),
            scanners,
            timers,
            timers.alarms().apply(timer),
            workers,
            names,
            new ContactHops(names, points, stack::isConnected),
            new LargeRequests(points),
            stack::failureAt);
    this.calls = new Calls(wiring);
  }

  /**
   * Opens the sockets and starts to listen; names of hosts are looked up where the system does.
   *
   * @throws IOException if an address cannot be bound; nothing stays open then
   */
  public static SipEndpoint start(SipConfig config, SipHandler handler) throws IOException {
    return start(config, handler, new SipLocator(DnsConfig.OF_SYSTEM));
  }

  /**
   * Opens the sockets and starts to listen.
   *
   * @param names where the hosts of a route are that have a name only
   * @throws IOException if an address cannot be bound; nothing stays open then
   */
  public static SipEndpoint start(SipConfig config, SipHandler handler, SipLocator names)
      throws IOException {
    return start(config, handler, names, SipTimers.STANDARD, limits(config));
  }

  /**
   * Opens the sockets and starts to listen.
   *
   * @param names where the hosts of a route are that have a name only
   * @param sessionSecond how long a second of session timers (RFC 4028) takes, which for tests may
   *     run faster than they should
   * @param workers do what messages lead to; closed with the endpoint
   * @throws IOException if an address cannot be bound; nothing stays open then
   */
  public static SipEndpoint start(
      SipConfig config,
      SipHandler handler,
      SipLocator names,
      Duration sessionSecond,
      Workers workers)
      throws IOException {
    SipTimers timers = new SipTimers(SipTimers.STANDARD.t1(), sessionSecond);
    return start(config, handler, names, timers, limits(config), workers);
  }

  static SipEndpoint start(SipConfig config, SipHandler handler, SipTimers timers)
      throws IOException {
    return start(config, handler, timers, limits(config));
  }

  static SipEndpoint start(
      SipConfig config, SipHandler handler, SipTimers timers, ConnectionLimits limits)
      throws IOException {
    return start(config, handler, new SipLocator(DnsConfig.OF_SYSTEM), timers, limits);
  }

  static SipEndpoint start(
      SipConfig config,
      SipHandler handler,
      SipLocator names,
      SipTimers timers,
      ConnectionLimits limits)
      throws IOException {
    return start(config, handler, names, timers, limits, new Workers("sip"));
  }

  private static SipEndpoint start(
      SipConfig config,
      SipHandler handler,
      SipLocator names,
      SipTimers timers,
      ConnectionLimits limits,
      Workers workers)
      throws IOException {
    Scanners scanners = new Scanners(config.scanners(), Ticker.systemTicker());
    JainStack stack;
    try {
      stack =
          new JainStack(config.maxMessageBytes(), scanners::ignores, limits, config.tls(), workers);
    } catch (PeerUnavailableException e) {
      workers.close();
      throw new IOException("the SIP stack does not start", e);
    }
    try {
      LocalPoints points = new Sockets(stack, config.publicHost()).open(config.listens());
      SipEndpoint endpoint =
          new SipEndpoint(config, handler, new NamedHops(names), timers, stack, scanners, points);
      endpoint.listen(handler);
      endpoint.tendConnections();
      return endpoint;
    } catch (IOException e) {
      workers.close();
      stopAfter(e, stack);
      throw e;
    }
  }

  /** JAIN-SIP stumbles over a TCP socket that it did not get. */
  private static void stopAfter(IOException failure, JainStack stack) {
    try {
      stack.stop();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static ConnectionLimits limits(SipConfig config) {
    SipConfig.Connections kept = config.connections();
    return ConnectionLimits.of(kept.most(), kept.idle(), kept.keepAlive());
  }

  private void listen(SipHandler handler) throws IOException {
    JainListener listener = new JainListener(wiring, calls, handler);
    try {
      for (LocalPoint point : wiring.points().all()) {
        point.provider().addSipListener(listener);
      }
    } catch (TooManyListenersException e) {
      throw new IOException("a provider has a listener already", e);
    }
  }

  private void tendConnections() {
    timer.scheduleWithFixedDelay(
        () -> stack.tend(workers), TEND_EVERY_MS, TEND_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Forgets what is cancelled at once: a session timer would keep its leg for half an hour. */
  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("sip-alarm"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static ThreadFactory threads(String name) {
    return new ThreadFactoryBuilder().setNameFormat(name).setDaemon(true).build();
  }

  /** What is listened on, with the real ports. */
  public ImmutableList<SipConfig.Listen> listening() {
    return wiring.points().all().stream()
        .map(p -> new SipConfig.Listen(p.transport(), p.address()))
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether a socket of ours has the transport and the address family of a destination. */
  public boolean reaches(Destination destination) {
    return wiring.points().towards(destination).isPresent();
  }

  /** Sends an INVITE; what comes of it arrives at {@code listener}, failure to send included. */
  public SipLeg dial(Dial dial, SipLeg.Listener listener) {
    return calls.dial(dial, listener);
  }

  /**
   * Keeps an address of ours registered at another registrar until it is ended.
   *
   * @param listener hears how it stands, on SIP threads, one call at a time; must not block
   */
  public TrunkRegistration register(
      TrunkRegistration.Account account, Consumer<TrunkRegistration.State> listener) {
    TrunkRegistration registration = new TrunkRegistration(account, listener, wiring);
    registration.start();
    return registration;
  }

  /**
   * Asks a server by OPTIONS whether it is there (RFC 3261 section 11).
   *
   * @param uri the server's URI
   * @param to where to send it
   * @param way the way there, and how long to wait
   * @param result gets what became of it, once; on a SIP thread, must not block
   */
  public void options(String uri, Destination to, Way way, Consumer<OptionsAnswer> result) {
    OptionsPing.send(uri, to, way, wiring, result);
  }

  /**
   * Sends a text to a device or over a trunk (RFC 3428).
   *
   * @param result gets the final response, 408 if none came in time (64*T1, 32 s, unless the way
   *     says otherwise), 503 if nothing could be sent; on a SIP thread, once, must not block
   */
  public void text(OutgoingText text, Consumer<SipStatus> result) {
    TextSender.send(text, wiring, result);
  }

  /** Who tries numbers or passwords, and what has been dropped of it. */
  public Scanners.View scanners() {
    return wiring.scanners().view();
  }

  /** How many legs are not over yet: zero when every call has ended. */
  public int openLegs() {
    return calls.open();
  }

  /** How many TCP and TLS connections there are, whoever opened them. */
  public int connections() {
    return stack.connections();
  }

  /** Closes every socket. Legs still open are dropped without a word: end them before. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.close();
    stack.stop();
  }
}
