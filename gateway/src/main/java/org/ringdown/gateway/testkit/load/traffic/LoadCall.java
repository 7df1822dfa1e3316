package org.ringdown.gateway.testkit.load.traffic;

import java.io.IOException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.media.End;
import org.ringdown.gateway.testkit.load.media.MediaMode;
import org.ringdown.gateway.testkit.load.phone.Phone;
import org.ringdown.gateway.testkit.load.phone.PhoneCall;

/**
 * One call from its beginning to its end. The callee answers at once; when each has heard the other
 * the call is up, and after a while one of them hangs up. Guarded by its monitor.
 */
final class LoadCall implements PhoneCall.Listener {
  private final Scene scene;
  private final PageSeat seat;
  private final Phone phone;
  private final Direction direction;
  private final boolean phoneHangsUp;
  private final Moments moments = new Moments();
  private State state = State.SETTING_UP;
  private @Nullable PhoneCall phoneCall;
  private @Nullable String pageCall;
  private @Nullable End phoneEnd;
  private @Nullable End pageEnd;
  private @Nullable Future<?> timer;

  private enum State {
    SETTING_UP,
    UP,
    ENDING,
    OVER
  }

  LoadCall(Scene scene, PageSeat seat, Phone phone, Direction direction, boolean phoneHangsUp) {
    this.scene = scene;
    this.seat = seat;
    this.phone = phone;
    this.direction = direction;
    this.phoneHangsUp = phoneHangsUp;
  }

  PageSeat seat() {
    return seat;
  }

  synchronized void begin() {
    timer = scene.afterPatience(this::lateSetUp);
    seat.expect(this);
    try {
      if (direction == Direction.PHONE_TO_PAGE) {
        phoneCalls();
      } else {
        pageCalls();
      }
    } catch (IOException | RuntimeException e) {
      fail("the load generator: " + e);
    }
  }

  private void phoneCalls() throws IOException {
    End end = scene.media().phone(scene.tally(), this::onPhoneHeard);
    phoneEnd = end;
    phoneCall = scene.phones().call(phone, scene.pageUri(seat.page().user()), end.offer(), this);
  }

  private void pageCalls() throws IOException {
    End end = scene.media().page(scene.tally(), this::onPageHeard);
    pageEnd = end;
    String offer = end.offer();
    moments.begun(System.nanoTime());
    pageCall = seat.place(this, scene.numberOf(phone), offer);
  }

  /** The phone's call has come in at the page. */
  synchronized void onIncoming(String name, String sdp, long nanos) {
    if (state != State.SETTING_UP || pageCall != null) {
      return;
    }
    pageCall = name;
    moments.offered(nanos);
    try {
      End end = scene.media().page(scene.tally(), this::onPageHeard);
      pageEnd = end;
      String answer = end.answer(sdp);
      moments.answered(System.nanoTime());
      seat.page().answer(name, answer);
    } catch (IOException | RuntimeException e) {
      fail("the load generator: " + e);
    }
  }

  /** The page's call has come in at the phone. */
  synchronized void onInvite(PhoneCall incoming) {
    if (state != State.SETTING_UP || phoneCall != null) {
      incoming.close();
      return;
    }
    moments.offered(System.nanoTime());
    phoneCall = incoming;
    incoming.listen(this);
    try {
      End end = scene.media().phone(scene.tally(), this::onPhoneHeard);
      phoneEnd = end;
      String answer = end.answer(incoming.offer());
      moments.answered(System.nanoTime());
      incoming.answer(answer);
    } catch (IOException | RuntimeException e) {
      fail("the load generator: " + e);
    }
  }

  /** The phone, which called, has its answer. */
  @Override
  public synchronized void onAnswered(String sdp, long nanos) {
    End end = phoneEnd;
    PhoneCall call = phoneCall;
    if (state != State.SETTING_UP || end == null || call == null) {
      return;
    }
    moments.begun(call.invitedNanos());
    accept(end, sdp);
    onConnected(nanos);
  }

  /** The page, which called, has its answer. */
  synchronized void onAnswer(String sdp) {
    End end = pageEnd;
    if (state == State.SETTING_UP && end != null) {
      accept(end, sdp);
    }
  }

  private void accept(End end, String sdp) {
    try {
      end.accept(sdp);
    } catch (RuntimeException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  synchronized void onCandidate(String line) {
    End end = pageEnd;
    if (end != null && state != State.OVER) {
      end.candidate(line);
    }
  }

  synchronized void onConnected(long nanos) {
    if (state == State.SETTING_UP && moments.connected(nanos)) {
      lookWhetherUp();
    }
  }

  private synchronized void onPhoneHeard(long nanos) {
    moments.phoneHeard(nanos);
    lookWhetherUp();
  }

  private synchronized void onPageHeard(long nanos) {
    moments.pageHeard(nanos);
    lookWhetherUp();
  }

  private void lookWhetherUp() {
    boolean deaf = scene.media().mode() == MediaMode.NONE;
    if (state == State.SETTING_UP && moments.isConnected() && (deaf || moments.isHeard())) {
      state = State.UP;
      moments.tell(scene.tally());
      settle(phoneEnd);
      settle(pageEnd);
      seat.expect(null);
      cancelTimer();
      scene.onUp(this);
      timer = scene.afterHold(this::hangUp);
    }
  }

  private void settle(@Nullable End end) {
    if (end != null) {
      end.settle(scene.media().mode() == MediaMode.SOUND);
    }
  }

  /** Ends it in good order if it is up, and gives it up if it is not yet. */
  synchronized void hangUp() {
    PhoneCall call = phoneCall;
    String name = pageCall;
    if (state == State.SETTING_UP) {
      fail("given up");
    } else if (state == State.UP && call != null && name != null) {
      state = State.ENDING;
      cancelTimer();
      timer = scene.afterPatience(this::lateEnd);
      fallSilent(phoneEnd);
      fallSilent(pageEnd);
      if (phoneHangsUp) {
        call.hangUp();
      } else {
        seat.page().hangUp(name);
      }
    }
  }

  @Override
  public synchronized void onEnded(String why) {
    if (state == State.ENDING) {
      finishIf(!phoneHangsUp);
    } else if (state != State.OVER) {
      fail("at the phone: " + why);
    }
  }

  /** The page was told that the call is over. */
  synchronized void onPageEnded(String why) {
    if (state == State.ENDING) {
      finishIf(phoneHangsUp);
    } else if (state != State.OVER) {
      fail("at the page: " + why);
    }
  }

  private void finishIf(boolean otherSideKnows) {
    if (otherSideKnows) {
      scene.tally().count(Count.SUCCEEDED);
      over();
    }
  }

  private synchronized void lateSetUp() {
    if (state == State.SETTING_UP) {
      fail(moments.missing() + " in time");
    }
  }

  private synchronized void lateEnd() {
    if (state == State.ENDING) {
      fail("the other side was not told that the call is over");
    }
  }

  private void fail(String reason) {
    if (state == State.OVER) {
      return;
    }
    scene.tally().failed(direction.text() + ": " + reason);
    PhoneCall call = phoneCall;
    String name = pageCall;
    if (call != null) {
      call.hangUp();
    }
    if (name != null) {
      seat.page().hangUp(name);
    }
    over();
  }

  private void over() {
    boolean wasSettingUp = state == State.SETTING_UP;
    state = State.OVER;
    cancelTimer();
    if (wasSettingUp) {
      seat.expect(null);
    }
    seat.forget(pageCall, this);
    close(phoneEnd);
    close(pageEnd);
    scene.onOver(this, wasSettingUp);
  }

  private static void fallSilent(@Nullable End end) {
    if (end != null) {
      end.fallSilent();
    }
  }

  private static void close(@Nullable End end) {
    if (end != null) {
      end.close();
    }
  }

  private void cancelTimer() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }
}
