package org.ringdown.gateway.bridge;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.ringdown.gateway.call.CallTimers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.media.MediaEngine;
import org.ringdown.gateway.routing.Registrar;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.token.TokenVerifier;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.DialogPolicy;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.WebRtcHandler;

/**
 * The bridge as a whole: hears both adapters and runs the calls between them. Safe from any thread.
 */
public final class Bridge implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  /** The probe of {@link Admission} and the clearing of old registrations. */
  private static final int ROUTINE_TASKS = 2;

  private final ExecutorService pool;
  private final ScheduledThreadPoolExecutor timers;
  private final AtomicReference<SipEndpoint> sip = new AtomicReference<>();
  private final CallService calls;
  private final PhoneSide phones;
  private final PageSide pages;

  /**
   * A bridge that waits for its adapters.
   *
   * @param parts what it is made of
   * @param clock the time of registrations and calls
   * @param records gets each call's record when it is over
   */
  public Bridge(Parts parts, Clock clock, Consumer<CallRecord> records) {
    pool = Executors.newFixedThreadPool(parts.threads(), threads("call-%d"));
    timers = new ScheduledThreadPoolExecutor(1, threads("call-timer"));
    timers.setRemoveOnCancelPolicy(true);
    Devices devices = new Devices(parts.registrar());
    Router router = parts.router().reachingAlso(name -> !devices.pagesOf(name).isEmpty());
    Branches branches =
        new Branches(
            devices,
            parts.users(),
            parts.phoneMedia(),
            this::sip,
            parts.trunks(),
            parts.headers(),
            parts.phoneDialogs(),
            parts.extensionPorts(),
            timers,
            clock);
    calls =
        new CallService(
            router,
            branches,
            parts.media(),
            parts.callTimers(),
            new CallService.Runtime(pool, timers, clock, parts.maxCalls()),
            records);
    Registrations registrations = new Registrations(parts.registrar(), clock);
    Messages messages = new Messages(router, devices, this::sip, clock);
    phones =
        new PhoneSide(
            parts.users(),
            parts.trunks(),
            new PhoneSide.Policy(
                parts.phoneMedia(), parts.headers().phones(), parts.phoneDialogs()),
            new PhoneSide.Asked(registrations, calls, messages));
    Preflight preflight =
        new Preflight(
            router, devices, parts.trunks(), parts.phoneMedia(), parts.pageMedia(), clock);
    PageSide.Asked asked = new PageSide.Asked(calls, messages, preflight);
    pages = new PageSide(parts.users(), devices, asked, parts.headers().pages(), parts.tokens());
    timers.scheduleWithFixedDelay(
        () -> parts.registrar().purge(clock.instant()), 1, 1, TimeUnit.MINUTES);
  }

  /**
   * What a bridge is made of.
   *
   * @param users who may sign in
   * @param tokens who may sign in by token
   * @param router where calls lead
   * @param registrar where phones are
   * @param trunks the PBXs and carriers
   * @param headers which header fields pass from and to phones and pages
   * @param phoneDialogs which extensions of SIP calls with phones use
   * @param media the engine
   * @param phoneMedia what phones may have as media
   * @param pageMedia where pages are told to send media, the best address first
   * @param extensionPorts ports for the extensions' own media
   * @param callTimers how long a call may stay in each state
   * @param maxCalls how many calls there may be at once
   * @param threads how many threads run calls
   */
  public record Parts(
      Users users,
      TokenVerifier tokens,
      Router router,
      Registrar registrar,
      Trunks trunks,
      GatewayConfig.Headers headers,
      DialogPolicy phoneDialogs,
      MediaEngine media,
      MediaPolicy phoneMedia,
      ImmutableList<InetSocketAddress> pageMedia,
      RtpPortRange extensionPorts,
      CallTimers callTimers,
      int maxCalls,
      int threads) {}

  /** Gives the bridge the endpoint that it calls phones with; once, before the first call. */
  public void attach(SipEndpoint endpoint) {
    checkState(sip.compareAndSet(null, endpoint), "attached already");
  }

  private SipEndpoint sip() {
    return Optional.ofNullable(sip.get()).orElseThrow();
  }

  /** What the SIP adapter is to tell. */
  public SipHandler phones() {
    return phones;
  }

  /** What the WebRTC adapter is to tell. */
  public WebRtcHandler pages() {
    return pages;
  }

  /** How many wake-ups of calls are pending: one for each call. */
  public int pendingAlarms() {
    return timers.getQueue().size() - ROUTINE_TASKS;
  }

  /** The calls going on. */
  public CallService calls() {
    return calls;
  }

  /** Ends all calls, waits a moment for them to be over, and stops. */
  @Override
  public void close() {
    calls.close(PATIENCE);
    timers.shutdownNow();
    pool.shutdown();
  }

  private static ThreadFactory threads(String name) {
    return new ThreadFactoryBuilder().setNameFormat(name).setDaemon(true).build();
  }
}
