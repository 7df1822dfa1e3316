package org.ringdown.gateway.bridge.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Handover;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.TransferReport;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.EndReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target that the side which stays is asked to call by itself, so that the gateway leaves the
 * path. Where that side does not do it, or says nothing of it in time, the target is had in the
 * usual way after all. Belongs to the call's executor.
 */
final class HandedOver implements Target {
  private static final Logger log = LoggerFactory.getLogger(HandedOver.class);

  /** The first news of the one who was asked come at once (RFC 3515 section 2.4.4). */
  static final Duration FIRST_NEWS = Duration.ofSeconds(5);

  private enum State {
    /** The side that stays is asked, and perhaps at it. */
    ASKED,
    /** It does not do it: the gateway does. */
    BRIDGED,
    /** Settled. */
    OVER
  }

  private final Leg stays;
  private final Asking asking;
  private final Target otherwise;
  private final Executor call;
  private final Outcome outcome;
  private State state = State.ASKED;
  private boolean alerted;

  /**
   * How the side that stays is asked.
   *
   * @param address finds where it is to call; may be called back on any thread
   * @param onlyIfAble to ask only a leg that has said that it can
   */
  record Asking(Consumer<Consumer<Optional<String>>> address, boolean onlyIfAble) {}

  /**
   * Who hears what comes of it.
   *
   * @param gone hears that the two talk without the gateway, before the call does
   */
  record Outcome(TransferReport report, Runnable gone, Consumer<CallEvent> events) {}

  /**
   * A target that nobody has been asked to call.
   *
   * @param otherwise the same target, had in the usual way
   * @param call runs what is heard
   */
  HandedOver(Leg stays, Asking asking, Target otherwise, Executor call, Outcome outcome) {
    this.stays = stays;
    this.asking = asking;
    this.otherwise = otherwise;
    this.call = call;
    this.outcome = outcome;
  }

  @Override
  public void offer() {
    expect(FIRST_NEWS);
    asking.address().accept(found -> call.execute(() -> ask(found)));
  }

  /** Until the next news, so long at most; null for as long as calls usually ring. */
  private void expect(@Nullable Duration news) {
    outcome.events().accept(new CallEvent.TargetAttempted(news));
  }

  private void ask(Optional<String> address) {
    if (state == State.ASKED && address.isPresent()) {
      stays.refer(new Handover(address.get(), asking.onlyIfAble(), new Heard()));
    } else {
      bridge();
    }
  }

  private void bridge() {
    if (state == State.ASKED) {
      log.debug("{} does not call the target by itself", stays);
      state = State.BRIDGED;
      otherwise.offer();
    }
  }

  /** One that rings is not called again. */
  @Override
  public void giveUp(EndReason reason) {
    switch (state) {
      case ASKED -> {
        if (alerted) {
          fail(reason);
        } else {
          bridge();
        }
      }
      case BRIDGED -> otherwise.giveUp(reason);
      case OVER -> {}
    }
  }

  @Override
  public void end(EndReason reason) {
    if (state == State.BRIDGED) {
      otherwise.end(reason);
    }
    state = State.OVER;
  }

  private void fail(EndReason reason) {
    state = State.OVER;
    outcome.events().accept(new CallEvent.TargetEnded(reason));
  }

  /** What the side that stays says of it. */
  private final class Heard implements Handover.Progress {
    @Override
    public void trying() {
      whileAsked(() -> expect(null));
    }

    @Override
    public void alerted() {
      whileAsked(
          () -> {
            alerted = true;
            expect(null);
            outcome.report().alerted();
          });
    }

    /** Even if it comes late: they talk, and nobody else needs to ring any more. */
    @Override
    public void done() {
      call.execute(
          () -> {
            if (state == State.OVER) {
              return;
            }
            if (state == State.BRIDGED) {
              otherwise.end(EndReason.of(EndReason.Kind.TRANSFERRED, EndReason.By.GATEWAY));
            }
            state = State.OVER;
            outcome.report().done();
            outcome.gone().run();
            outcome.events().accept(new CallEvent.TransferredAway());
          });
    }

    /** What the target itself has said is not to be asked for again. */
    @Override
    public void failed(EndReason reason) {
      whileAsked(
          () -> {
            if (isOfTheTarget(reason)) {
              fail(reason);
            } else {
              bridge();
            }
          });
    }

    @Override
    public void refused(EndReason reason) {
      whileAsked(HandedOver.this::bridge);
    }

    private void whileAsked(Runnable task) {
      call.execute(
          () -> {
            if (state == State.ASKED) {
              task.run();
            }
          });
    }
  }

  private static boolean isOfTheTarget(EndReason reason) {
    return switch (reason.kind()) {
      case BUSY, DECLINED, NO_ANSWER, NOT_FOUND, CANCELLED -> true;
      case UNAVAILABLE -> reason.status() == 480;
      default -> false;
    };
  }
}
