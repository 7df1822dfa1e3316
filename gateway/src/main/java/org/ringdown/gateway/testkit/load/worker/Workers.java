package org.ringdown.gateway.testkit.load.worker;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.media.MediaMode;
import org.ringdown.gateway.testkit.load.traffic.Generator;
import org.ringdown.gateway.testkit.load.traffic.Load;
import org.ringdown.gateway.testkit.load.traffic.Target;

/** Load from several processes, each with its share of users and calls. */
public final class Workers implements Generator {
  private final ImmutableList<WorkerProcess> workers;
  private int entered;
  private boolean stopped;

  private Workers(List<WorkerProcess> workers) {
    this.workers = ImmutableList.copyOf(workers);
  }

  /**
   * Starts the processes; the gateway hears nothing yet.
   *
   * @throws IOException if one does not come up
   */
  public static Workers start(int count, Target target, MediaMode media, Duration patience)
      throws IOException {
    List<WorkerProcess> started = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        WorkerProcess worker = WorkerProcess.start();
        started.add(worker);
        worker.order(Order.to(Order.Open.of(target.share(i, count), media, patience)));
      }
      for (WorkerProcess worker : started) {
        worker.await(Report.Phase.DONE);
      }
      return new Workers(started);
    } catch (InterruptedException e) {
      started.forEach(WorkerProcess::close);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      started.forEach(WorkerProcess::close);
      throw e;
    }
  }

  @Override
  public Tally enter(int pages, double signInsPerSecond) throws IOException, InterruptedException {
    int count = workers.size();
    int before = entered;
    entered += pages;
    for (int i = 0; i < count; i++) {
      int more = Math.max(0, share(entered, i) - share(before, i));
      workers.get(i).order(Order.to(new Order.Enter(more, signInsPerSecond / count)));
    }
    return awaitAll();
  }

  /**
   * How many of the first pages are one worker's; all of them as {@link Target.Users#share} has it.
   */
  private int share(int pages, int worker) {
    int count = workers.size();
    return pages * (worker + 1) / count - pages * worker / count;
  }

  @Override
  public Tally run(Load load, Runnable ending) throws IOException, InterruptedException {
    begin(load);
    for (WorkerProcess worker : workers) {
      worker.await(Report.Phase.ENDING);
    }
    ending.run();
    workers.forEach(worker -> worker.tell(Order.toGoOn()));
    return awaitAll();
  }

  /** A worker hears that it is to stop only while it runs, so that what is stopped is told so. */
  private synchronized void begin(Load load) throws IOException {
    Load wanted = stopped ? load.lasting(Duration.ZERO) : load;
    for (int i = 0; i < workers.size(); i++) {
      workers.get(i).order(Order.to(Order.Run.of(wanted.share(i, workers.size()))));
    }
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    workers.forEach(worker -> worker.tell(Order.toGoOn()));
  }

  private Tally awaitAll() throws IOException, InterruptedException {
    for (WorkerProcess worker : workers) {
      worker.await(Report.Phase.DONE);
    }
    return tally();
  }

  @Override
  public Tally tally() {
    Tally sum = new Tally();
    workers.forEach(worker -> sum.add(worker.tally()));
    return sum;
  }

  @Override
  public int up() {
    return workers.stream().mapToInt(WorkerProcess::up).sum();
  }

  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
  }
}
