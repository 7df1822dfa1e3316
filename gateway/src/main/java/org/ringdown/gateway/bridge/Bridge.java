package org.ringdown.gateway.bridge;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.ringdown.gateway.bridge.house.Branches;
import org.ringdown.gateway.bridge.house.Devices;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.session.CallRecord;
import org.ringdown.gateway.bridge.session.CallService;
import org.ringdown.gateway.media.MediaEngine;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.ringdown.gateway.token.TokenVerifier;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.sip.work.Workers;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcSession;

/**
 * The bridge as a whole: hears both adapters and runs the calls between them. Safe from any thread.
 */
public final class Bridge implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  /** The clearing of old registrations. */
  private static final int ROUTINE_TASKS = 1;

  private final ScheduledThreadPoolExecutor timers;
  private final AtomicReference<SipEndpoint> sip = new AtomicReference<>();
  private final AtomicReference<HouseRules> rules;
  private final Registrar registrar;
  private final Devices devices;
  private final CallService calls;
  private final PhoneSide phones;
  private final PageSide pages;

  /**
   * A bridge that waits for its adapters.
   *
   * @param parts what it is made of
   * @param clock the time of registrations; one that nobody sets while they hold
   * @param records gets each call's record when it is over
   */
  public Bridge(Parts parts, Clock clock, Consumer<CallRecord> records) {
    timers = new ScheduledThreadPoolExecutor(1, threads("call-timer"));
    timers.setRemoveOnCancelPolicy(true);
    registrar = parts.registrar();
    devices = new Devices(registrar);
    rules = new AtomicReference<>(known(parts.rules()));
    Branches branches =
        new Branches(
            devices, rules::get, this::sip, parts.trunks(), parts.extensionPorts(), timers, clock);
    calls =
        new CallService(
            rules::get,
            branches,
            parts.media(),
            new CallService.Runtime(parts.workers(), timers),
            records);
    Registrations registrations = new Registrations(registrar, clock);
    Messages messages = new Messages(rules::get, devices, parts.trunks(), this::sip, clock);
    phones =
        new PhoneSide(
            rules::get, parts.trunks(), new PhoneSide.Asked(registrations, calls, messages));
    LineTests lines =
        new LineTests(rules::get, parts.trunks(), calls, parts.extensionPorts(), timers);
    Preflight.Outside outside = new Preflight.Outside(parts.trunks(), lines);
    Preflight preflight = new Preflight(rules::get, devices, outside, parts.pageMedia(), clock);
    PageSide.Asked asked = new PageSide.Asked(calls, messages, preflight, lines);
    pages = new PageSide(rules::get, devices, asked, parts.tokens());
    timers.scheduleWithFixedDelay(() -> registrar.purge(clock.instant()), 1, 1, TimeUnit.MINUTES);
  }

  /**
   * What a bridge is made of.
   *
   * @param rules what holds until it is changed
   * @param tokens who may sign in by token
   * @param registrar where phones are
   * @param trunks the PBXs and carriers
   * @param media the engine
   * @param pageMedia where pages are told to send media, the best address first
   * @param extensionPorts ports for the extensions' own media
   * @param workers run calls; closed by whoever gave them
   */
  public record Parts(
      HouseRules rules,
      TokenVerifier tokens,
      Registrar registrar,
      Trunks trunks,
      MediaEngine media,
      ImmutableList<InetSocketAddress> pageMedia,
      RtpPortRange extensionPorts,
      Workers workers) {}

  /**
   * Lets other rules hold from now on. The phones of users who are no more are forgotten, and their
   * pages begin no further call; calls that go on are left alone.
   */
  public void change(HouseRules other) {
    HouseRules before = rules.getAndSet(known(other));
    for (String name : before.users().byName().keySet()) {
      if (!other.users().byName().containsKey(name)) {
        registrar.forget(new AddressOfRecord(name));
        devices.pagesOf(name).stream()
            .filter(page -> page.grant().validFor() == null)
            .forEach(WebRtcSession::signOut);
      }
    }
  }

  /** Users reach those, too, who have signed in by token. */
  private HouseRules known(HouseRules given) {
    return given.with(given.router().reachingAlso(name -> !devices.pagesOf(name).isEmpty()));
  }

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
  }

  private static ThreadFactory threads(String name) {
    return new ThreadFactoryBuilder().setNameFormat(name).setDaemon(true).build();
  }
}
