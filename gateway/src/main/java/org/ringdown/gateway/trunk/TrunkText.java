package org.ringdown.gateway.trunk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.ringdown.sip.message.SipStatus;

/**
 * A text to a trunk: tried at its servers one after the other until one of them says something else
 * than that it is out of service (RFC 3263 section 4.3). Safe from any thread: one answer at a
 * time.
 */
final class TrunkText {
  /** How it is tried at one server. */
  interface Sending {
    void send(Target target, boolean isLast, Consumer<SipStatus> answer);
  }

  private static final SipStatus NO_SERVER =
      new SipStatus(503, "Service Unavailable", 38, "No server of the trunk can be reached.");

  private final TrunkWatch watch;
  private final Deque<Target> left;
  private final Sending sending;
  private final Consumer<SipStatus> result;

  TrunkText(TrunkWatch watch, Sending sending, Consumer<SipStatus> result) {
    this.watch = watch;
    this.left = new ArrayDeque<>(watch.targets().usable());
    this.sending = sending;
    this.result = result;
  }

  void send() {
    Target target = left.poll();
    if (target == null) {
      result.accept(NO_SERVER);
    } else {
      sending.send(target, left.isEmpty(), status -> answered(target, status));
    }
  }

  private void answered(Target target, SipStatus status) {
    if (TrunkWatch.isNoService(status)) {
      if (left.isEmpty()) {
        result.accept(status);
      } else {
        send();
      }
    } else {
      watch.heard(target);
      result.accept(status);
    }
  }
}
