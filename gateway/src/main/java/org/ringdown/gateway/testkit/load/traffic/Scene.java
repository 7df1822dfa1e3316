package org.ringdown.gateway.testkit.load.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.media.Media;
import org.ringdown.gateway.testkit.load.phone.Phone;
import org.ringdown.gateway.testkit.load.phone.PhoneBank;
import org.ringdown.gateway.testkit.load.phone.PhoneCall;

/** What all calls share: phones, pages that are free, media, and where it is counted. */
final class Scene {
  /** Janus says that a user is busy for up to a second after a call. */
  private static final Duration REST = Duration.ofMillis(1_100);

  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Target target;
  private final PhoneBank phones;
  private final Media media;
  private final ScheduledExecutorService timer;
  private final Duration patience;
  private final Map<String, PageSeat> seats = new ConcurrentHashMap<>();
  private final Queue<PageSeat> free = new ConcurrentLinkedQueue<>();
  private final Set<LoadCall> going = ConcurrentHashMap.newKeySet();
  private final AtomicInteger up = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean ending;
  private volatile Tally tally = new Tally();
  private volatile @Nullable Duration hold;

  Scene(
      Target target,
      PhoneBank phones,
      Media media,
      ScheduledExecutorService timer,
      Duration patience) {
    this.target = target;
    this.phones = phones;
    this.media = media;
    this.timer = timer;
    this.patience = patience;
    phones.onInvite(this::onInvite);
  }

  private void onInvite(PhoneCall call, String caller) {
    PageSeat seat = seats.get(caller);
    if (seat == null || !seat.reached(call)) {
      call.close();
    }
  }

  /** Begins to count anew. */
  void count(Tally fresh, @Nullable Duration holdTime) {
    tally = fresh;
    hold = holdTime;
    ending = false;
  }

  Tally tally() {
    return tally;
  }

  PhoneBank phones() {
    return phones;
  }

  Media media() {
    return media;
  }

  void add(PageSeat seat) {
    seats.put(seat.page().user(), seat);
    free.add(seat);
  }

  /**
   * Gives a page that is setting up no call, now or as soon as one is free; it is the taker's until
   * the call is up or over.
   *
   * @param none if there was none for a second: a slow moment should not count as a lost call, but
   *     too few pages for the rate should
   */
  void take(Consumer<PageSeat> taker, Runnable none) {
    waiting.incrementAndGet();
    look(taker, none, System.nanoTime() + WAIT.toNanos());
  }

  private void look(Consumer<PageSeat> taker, Runnable none, long untilNanos) {
    PageSeat seat = free.poll();
    if (seat == null && !ending && System.nanoTime() < untilNanos) {
      Future<?> unused =
          timer.schedule(
              () -> look(taker, none, untilNanos), LOOK.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    if (seat == null) {
      none.run();
    } else {
      taker.accept(seat);
    }
    waiting.decrementAndGet();
  }

  void begin(LoadCall call) {
    going.add(call);
    call.begin();
  }

  void onUp(LoadCall call) {
    up.incrementAndGet();
    if (call.seat().page().manyCalls()) {
      free.add(call.seat());
    }
  }

  void onOver(LoadCall call, boolean neverUp) {
    going.remove(call);
    PageSeat seat = call.seat();
    if (!neverUp) {
      up.decrementAndGet();
    }
    if (!seat.page().manyCalls()) {
      Future<?> unused =
          timer.schedule(() -> free.add(seat), REST.toMillis(), TimeUnit.MILLISECONDS);
    } else if (neverUp) {
      free.add(seat);
    }
  }

  /** How many calls wait for a page, are being set up, are up or are being ended. */
  int going() {
    return waiting.get() + going.size();
  }

  /** How many calls are up. */
  int up() {
    return up.get();
  }

  void hangUpAll() {
    ending = true;
    going.forEach(LoadCall::hangUp);
  }

  Future<?> afterPatience(Runnable task) {
    return timer.schedule(task, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Nullable Future<?> afterHold(Runnable task) {
    Duration time = hold;
    return time == null ? null : timer.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What a phone calls to reach a page. */
  String pageUri(String user) {
    if (target.kind() == Target.Kind.JANUS) {
      return phones
          .contactOf(user)
          .orElseThrow(() -> new IllegalStateException(user + " is not registered"));
    }
    return "sip:" + user + "@" + phones.gateway();
  }

  /** What a page calls to reach a phone. */
  String numberOf(Phone phone) {
    return target.kind() == Target.Kind.JANUS ? phones.uri(phone) : phone.user();
  }
}
