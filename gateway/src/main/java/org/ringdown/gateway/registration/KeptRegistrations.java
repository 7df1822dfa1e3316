package org.ringdown.gateway.registration;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a registrar's bindings in a file, so that phones are reached after a restart although they
 * believe to be registered and say nothing (RFC 3261 section 10.2.4 has them refresh in their own
 * time). Changes are written by a thread of its own, many at once; a file that cannot be read or
 * written costs a line in the log and nothing else. Safe from any thread.
 */
public final class KeptRegistrations implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeptRegistrations.class);

  private static final Duration RETRY = Duration.ofMinutes(1);

  /** Of many phones the file is large: for 10,000 it is written every other second at most. */
  private static final Duration PAUSE_PER_BINDING = Duration.ofNanos(100_000);

  private final RegistrationFile file;
  private final Registrar registrar;
  private final Clocks clocks;
  private final ScheduledThreadPoolExecutor writer =
      new ScheduledThreadPoolExecutor(
          1, new ThreadFactoryBuilder().setNameFormat("registrations").setDaemon(true).build());
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final Duration pause;
  private volatile int written;
  private volatile boolean failing;

  private KeptRegistrations(Path path, Registrar registrar, Clocks clocks, Duration pause) {
    this.file = new RegistrationFile(path);
    this.registrar = registrar;
    this.clocks = clocks;
    this.pause = pause;
    writer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * The times that count.
   *
   * @param registrar the time of the registrar's bindings, which nobody sets
   * @param wall the time in the file, which goes on while the gateway does not run
   */
  public record Clocks(Clock registrar, Clock wall) {
    Instant onWall(Instant expiry) {
      return wall.instant().plus(Duration.between(registrar.instant(), expiry));
    }

    Instant ofRegistrar(Instant expiry) {
      return registrar.instant().plus(Duration.between(wall.instant(), expiry));
    }
  }

  /**
   * Gives a registrar without bindings those in a file, and keeps its bindings there from now on.
   *
   * @param known the users there are; the phones of others are forgotten
   */
  public static KeptRegistrations begin(
      Path path, Registrar registrar, Predicate<String> known, Clocks clocks) {
    return begin(path, registrar, known, clocks, Duration.ofSeconds(1));
  }

  static KeptRegistrations begin(
      Path path, Registrar registrar, Predicate<String> known, Clocks clocks, Duration pause) {
    KeptRegistrations kept = new KeptRegistrations(path, registrar, clocks, pause);
    kept.restore(known);
    registrar.whenChanged(kept::soon);
    kept.soon(); // Whether the file can be written at all is better said now.
    return kept;
  }

  private void restore(Predicate<String> known) {
    try {
      RegistrationFile.Found found = file.read();
      ImmutableList<Binding> bindings =
          found.bindings().stream()
              .filter(binding -> known.test(binding.addressOfRecord().user()))
              .map(binding -> binding.until(clocks.ofRegistrar(binding.expiry())))
              .collect(ImmutableList.toImmutableList());
      registrar.restore(bindings, clocks.registrar().instant());
      tell(found.unreadable());
    } catch (IOException e) {
      log.warn(
          "the registrations of before are lost, phones are reached when they register again: {}:"
              + " {}",
          file.path(),
          e.toString());
    }
  }

  private void tell(int unreadable) {
    int restored = registrar.all(clocks.registrar().instant()).size();
    if (unreadable > 0) {
      log.warn("{}: {} registrations in it cannot be read", file.path(), unreadable);
    }
    if (restored > 0) {
      log.info("{} registrations of before hold; from {}", restored, file.path());
    }
  }

  /** The next writing takes along what changes until then. */
  private void soon() {
    if (waiting.compareAndSet(false, true)) {
      after(pause.plus(PAUSE_PER_BINDING.multipliedBy(written)));
    }
  }

  private void after(Duration delay) {
    try {
      var unused = writer.schedule(this::write, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("closed: a registration comes too late to be kept");
    }
  }

  private void write() {
    waiting.set(false);
    try {
      ImmutableList<Binding> bindings = bindings();
      file.write(bindings);
      written = bindings.size();
      if (failing) {
        log.info("registrations are kept again in {}", file.path());
      }
      failing = false;
    } catch (IOException | RuntimeException e) {
      complain(e);
    }
  }

  private void complain(Exception e) {
    if (!failing) {
      log.warn(
          "registrations are not kept, a restart would forget them: {} cannot be written: {}",
          file.path(),
          e.toString());
    }
    failing = true;
    if (!writer.isShutdown() && waiting.compareAndSet(false, true)) {
      after(RETRY);
    }
  }

  private ImmutableList<Binding> bindings() {
    return registrar.all(clocks.registrar().instant()).stream()
        .map(binding -> binding.until(clocks.onWall(binding.expiry())))
        .collect(ImmutableList.toImmutableList());
  }

  /** Writes what is left to be written. */
  @Override
  public void close() {
    registrar.whenChanged(() -> {});
    writer.shutdown();
    try {
      if (writer.awaitTermination(1, TimeUnit.SECONDS) && waiting.get()) {
        write();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
