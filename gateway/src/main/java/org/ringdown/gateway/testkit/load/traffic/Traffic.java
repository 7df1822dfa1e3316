package org.ringdown.gateway.testkit.load.traffic;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.media.Media;
import org.ringdown.gateway.testkit.load.media.MediaMode;
import org.ringdown.gateway.testkit.load.page.JanusPage;
import org.ringdown.gateway.testkit.load.page.Page;
import org.ringdown.gateway.testkit.load.page.RingdownPage;
import org.ringdown.gateway.testkit.load.page.WebSockets;
import org.ringdown.gateway.testkit.load.phone.Phone;
import org.ringdown.gateway.testkit.load.phone.PhoneBank;

/** Phones and pages that load a gateway, all in this process. */
public final class Traffic implements Generator {
  private static final int SIGN_INS_AT_ONCE = 20;
  private static final long ENTRY_SECONDS = 30;
  private static final long LOOK_MS = 10;

  private final Target target;
  private final ScheduledThreadPoolExecutor timer;
  private final WebSockets sockets;
  private final PhoneBank bank;
  private final Media media;
  private final Scene scene;
  private final List<Phone> phones = new ArrayList<>();
  private final List<Page> pages = new ArrayList<>();
  private final Duration patience;
  private volatile boolean stopped;
  private volatile Tally tally = new Tally();
  private int turn;

  private Traffic(
      Target target,
      ScheduledThreadPoolExecutor timer,
      PhoneBank bank,
      Media media,
      Duration patience) {
    this.target = target;
    this.timer = timer;
    this.bank = bank;
    this.media = media;
    this.patience = patience;
    this.sockets = new WebSockets(target.web(), target.anyCertificate());
    this.scene = new Scene(target, bank, media, timer, patience);
  }

  /**
   * Opens sockets; nothing is sent yet.
   *
   * @param patience how long a call may take to be set up, and to be ended
   */
  public static Traffic open(Target target, MediaMode mode, Duration patience) throws IOException {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            2,
            task -> {
              Thread thread = new Thread(task, "load-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    InetAddress local =
        target.sip().getAddress().isLoopbackAddress() ? target.sip().getAddress() : target.media();
    PhoneBank bank = PhoneBank.open(local, target.sip(), timer);
    Media media = Media.open(mode, new Media.Places(local, target.media()), timer);
    return new Traffic(target, timer, bank, media, patience);
  }

  @Override
  public Tally enter(int pages, double signInsPerSecond) throws IOException, InterruptedException {
    tally = new Tally();
    scene.count(tally, null);
    if (phones.isEmpty()) {
      addPhones();
    }
    signIn(pages, signInsPerSecond);
    return tally;
  }

  private void addPhones() throws IOException, InterruptedException {
    for (int i = 0; i < target.phones().count(); i++) {
      phones.add(bank.phone(target.phones().name(i), target.phones().password()));
    }
    if (target.kind() == Target.Kind.RINGDOWN) {
      registerAll();
    }
  }

  private void registerAll() throws IOException, InterruptedException {
    CountDownLatch answered = new CountDownLatch(phones.size());
    Queue<String> refused = new ConcurrentLinkedQueue<>();
    for (Phone phone : phones) {
      long begin = System.nanoTime();
      bank.register(
          phone,
          failure -> {
            tally.took(Metric.REGISTER, System.nanoTime() - begin);
            failure.ifPresent(refused::add);
            answered.countDown();
          });
    }
    boolean all = answered.await(ENTRY_SECONDS, TimeUnit.SECONDS);
    if (!all || !refused.isEmpty()) {
      String why = refused.isEmpty() ? "no answer to REGISTER" : refused.element();
      long without = answered.getCount() + refused.size();
      throw new IOException(
          without + " of the phones cannot register with " + bank.gateway() + ": " + why);
    }
  }

  private void signIn(int more, double perSecond) throws IOException, InterruptedException {
    List<CompletableFuture<Void>> going = new ArrayList<>();
    Rhythm rhythm = new Rhythm(perSecond);
    int all = Math.min(pages.size() + more, target.pages().count());
    while (pages.size() < all) {
      rhythm.await();
      Page page = page(target.pages().name(pages.size()));
      pages.add(page);
      PageSeat seat = new PageSeat(page);
      long begin = System.nanoTime();
      tally.count(Count.STARTED);
      going.add(
          page.signIn()
              .thenRun(
                  () -> {
                    tally.took(Metric.SIGN_IN, System.nanoTime() - begin);
                    tally.count(Count.SUCCEEDED);
                    scene.add(seat);
                  }));
      if (going.size() >= SIGN_INS_AT_ONCE) {
        finish(going.remove(0));
      }
    }
    for (CompletableFuture<Void> each : going) {
      finish(each);
    }
  }

  private static void finish(CompletableFuture<Void> signingIn)
      throws IOException, InterruptedException {
    try {
      signingIn.get(ENTRY_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      String why = Throwables.getRootCause(e).getMessage();
      throw new IOException("a page cannot sign in: " + why, e);
    } catch (TimeoutException e) {
      throw new IOException("a page cannot sign in: no answer within " + ENTRY_SECONDS + " s", e);
    }
  }

  private Page page(String user) {
    String password = target.pages().password();
    return target.kind() == Target.Kind.JANUS
        ? new JanusPage(sockets, timer, new JanusPage.Account(user, password, bank.here()))
        : new RingdownPage(sockets, user, password);
  }

  @Override
  public Tally run(Load load, Runnable ending) throws InterruptedException {
    Tally counted = new Tally();
    tally = counted;
    scene.count(counted, load.hold());
    RelayWindow window = new RelayWindow(load, counted);
    Rhythm calls = new Rhythm(load.callsPerSecond());
    Rhythm registrations = new Rhythm(load.registrationsPerSecond());
    long end = System.nanoTime() + load.lasts().toNanos();
    while (System.nanoTime() < end && !stopped) {
      window.look(scene.up());
      while (registrations.isDue()) {
        register();
      }
      while (calls.isDue()) {
        if (mayCall(load)) {
          call(load);
        } else {
          calls.skip();
        }
      }
      pause(Math.min(end, Math.min(calls.next(), registrations.next())));
    }
    window.shut();
    ending.run();
    if (stopped) {
      await(patience, () -> scene.up() >= scene.going());
    }
    endCalls(stopped ? null : load.hold());
    return counted;
  }

  /** All at once, unless they are held for a time of their own. */
  private void endCalls(@Nullable Duration hold) throws InterruptedException {
    if (hold == null) {
      scene.hangUpAll();
    }
    Duration last = patience.multipliedBy(2).plus(hold == null ? Duration.ZERO : hold);
    await(last, () -> scene.going() == 0);
  }

  private static void await(Duration longest, BooleanSupplier done) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!done.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(LOOK_MS);
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  private boolean mayCall(Load load) {
    return load.concurrent() == 0 || scene.going() < load.concurrent();
  }

  private static void pause(long untilNanos) throws InterruptedException {
    long nanos = Math.min(untilNanos - System.nanoTime(), LOOK_MS * 1_000_000);
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }

  private void call(Load load) {
    ImmutableList<Direction> directions = load.directions();
    int number = turn++;
    Direction direction = directions.get(number % directions.size());
    tally.count(Count.STARTED);
    Phone phone = phones.get(number % phones.size());
    boolean phoneHangsUp = number / directions.size() % 2 == 0;
    Tally counted = tally;
    scene.take(
        seat -> scene.begin(new LoadCall(scene, seat, phone, direction, phoneHangsUp)),
        () -> counted.failed("no page was free for a second: all set up calls (--pages)"));
  }

  private void register() {
    Tally counted = tally;
    Phone phone = phones.get(Math.floorMod(turn++, phones.size()));
    counted.count(Count.STARTED);
    long begin = System.nanoTime();
    bank.register(
        phone,
        failure -> {
          counted.took(Metric.REGISTER, System.nanoTime() - begin);
          failure.ifPresentOrElse(counted::failed, () -> counted.count(Count.SUCCEEDED));
        });
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public int up() {
    return scene.up();
  }

  @Override
  public void close() {
    pages.forEach(Page::close);
    sockets.close();
    media.close();
    bank.close();
    timer.shutdownNow();
  }
}
