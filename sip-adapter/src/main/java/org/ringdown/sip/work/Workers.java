package org.ringdown.sip.work;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool whose tasks go on where they began: what a task of it submits is done by the same thread
 * once that task has returned, so that a message on its way through the mailboxes of a leg, a call
 * and a page wakes no thread up. Threads of others, such as one that reads a socket, can do the
 * same with what they submit. Nothing about order is promised: that is the mailboxes' affair. Safe
 * from any thread.
 *
 * <p>As many threads work as there are cores, four at least; one that waits for a peer says so by
 * {@link #waiting}, leaves what it had still to do to the others and is replaced meanwhile.
 */
public final class Workers implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int FEWEST_THREADS = 4;
  private static final int MOST_THREADS = 64;
  private static final int KEEP_SECONDS = 60;

  private final ForkJoinPool pool;
  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);

  /** Threads of this name, that come into being as there is work. */
  public Workers(String name) {
    int cores = Math.max(FEWEST_THREADS, Runtime.getRuntime().availableProcessors());
    pool =
        new ForkJoinPool(
            cores,
            into -> named(name, into),
            null,
            true,
            cores,
            Math.max(MOST_THREADS, cores),
            cores,
            saturated -> true,
            KEEP_SECONDS,
            TimeUnit.SECONDS);
  }

  private static ForkJoinWorkerThread named(String name, ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName(name + "-" + thread.getPoolIndex());
    return thread;
  }

  /** Something to be done that may wait for a peer. */
  public interface Waiting<T> {
    T call() throws IOException;
  }

  /**
   * Has a task done: in a turn of this thread, at the end of it; else by the pool.
   *
   * @throws RejectedExecutionException once closed
   */
  @Override
  public void execute(Runnable task) {
    if (!turns.get().take(task)) {
      submit(task);
    }
  }

  /**
   * Has tasks done that may wait for a peer: never by a thread of others, who may have no other.
   */
  public Executor patient() {
    return task -> {
      Turn turn = turns.get();
      if (!turn.isOwn() || !turn.take(task)) {
        submit(task);
      }
    };
  }

  /** Has tasks done by the pool, whoever submits them. */
  public Executor others() {
    return this::submit;
  }

  private void submit(Runnable task) {
    pool.execute(() -> work(task));
  }

  /** Nobody is there to be told that it was too late. */
  private void pass(Runnable task) {
    try {
      submit(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed, a task is dropped");
    }
  }

  private void work(Runnable task) {
    Turn turn = turns.get();
    turn.beginOwn();
    run(task);
    turn.finish();
  }

  /** Does a task on this thread, and then what it has submitted, and what that has. */
  public void here(Runnable task) {
    Turn turn = turns.get();
    if (turn.isOpen()) {
      task.run();
      return;
    }
    turn.begin(() -> {});
    try {
      task.run();
    } finally {
      turn.finish();
    }
  }

  /**
   * Begins a turn of this thread: what it submits waits for {@link #finish} or {@link #leave}.
   *
   * @param whenBlocked called on this thread if it is about to wait for a peer
   */
  public void begin(Runnable whenBlocked) {
    turns.get().begin(whenBlocked);
  }

  /** Ends a turn: does here what has been submitted in it. */
  public void finish() {
    turns.get().finish();
  }

  /** Ends a turn: has the pool do what has been submitted in it. */
  public void leave() {
    turns.get().leaveTo(this::pass);
  }

  /**
   * Does here what may wait for a peer, such as a TCP connection; nothing else waits with it.
   *
   * @throws IOException as {@code task} does
   */
  public <T> T waiting(Waiting<T> task) throws IOException {
    turns.get().blocks(this::pass);
    Blocker<T> blocker = new Blocker<>(task);
    try {
      ForkJoinPool.managedBlock(blocker);
    } catch (InterruptedException e) {
      throw new AssertionError("nothing waits for interrupts", e);
    }
    return blocker.result();
  }

  /** Does here what may wait for a peer; nothing else waits with it. */
  public void patiently(Runnable task) {
    try {
      waiting(
          () -> {
            task.run();
            return task;
          });
    } catch (IOException e) {
      throw new AssertionError("a task without I/O of its own", e);
    }
  }

  static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a task failed", e);
    }
  }

  /** Takes nothing more; what is being done goes on. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
