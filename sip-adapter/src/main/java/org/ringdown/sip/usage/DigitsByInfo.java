package org.ringdown.sip.usage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.message.DtmfInfo;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Digits by INFO (application/dtmf-relay). Ours go one after the other, each when the one before is
 * over by the clock and has its final response, so that none overtakes another. Not thread-safe:
 * used within one leg's mailbox.
 */
final class DigitsByInfo {
  private static final Logger LOG = LoggerFactory.getLogger(DigitsByInfo.class);
  private static final int LONGEST_ROW = 256;
  private static final int SHORTEST_MS = 40;
  private static final int LONGEST_MS = 6000;
  private static final int USUAL_MS = 100;
  private static final int USUAL_GAP_MS = 70;
  private static final int PAUSE_MS = 2000;
  private static final char PAUSE = ',';
  private static final String ACCEPTED =
      "application/dtmf-relay, application/dtmf, application/media_control+xml";

  private final DialogPath path;
  private final DialogOwner owner;
  private final Wiring wiring;
  private final Queue<Pressed> waiting = new ArrayDeque<>();
  private boolean unanswered;
  private boolean resting;
  private boolean closed;

  private record Pressed(char digit, int durationMs, int gapMs) {}

  DigitsByInfo(DialogPath path, DialogOwner owner, Wiring wiring) {
    this.path = path;
    this.owner = owner;
    this.wiring = wiring;
  }

  /** Answers an INFO of the peer; the digit in it, null if there is none. */
  @Nullable DtmfInfo onInfo(Request info, ServerTransaction transaction) {
    byte[] body = info.getRawContent();
    DtmfInfo digit = DtmfInfo.in(info);
    boolean unknown = digit == null && body != null && body.length > 0;
    int code = unknown ? Response.UNSUPPORTED_MEDIA_TYPE : Response.OK;
    Response response = wiring.messages().response(info, code, "");
    if (unknown) {
      SipMessages.set(response, "Accept", ACCEPTED);
    }
    Responses.send(transaction, response);
    return digit;
  }

  /** Puts digits at the end of the row; a comma is a pause, what is no digit is left out. */
  void add(String digits, int durationMs, int gapMs) {
    int lasting = durationMs <= 0 ? USUAL_MS : clamp(durationMs);
    int gap = gapMs <= 0 ? USUAL_GAP_MS : clamp(gapMs);
    for (int i = 0; i < digits.length() && waiting.size() < LONGEST_ROW; i++) {
      char digit = digits.charAt(i);
      if (DtmfInfo.isDigit(digit)) {
        waiting.add(new Pressed(digit, lasting, gap));
      } else if (digit == PAUSE) {
        waiting.add(new Pressed(PAUSE, PAUSE_MS, 0));
      }
    }
    sendNext();
  }

  private static int clamp(int ms) {
    return Math.max(SHORTEST_MS, Math.min(LONGEST_MS, ms));
  }

  /** A digit has its final response, whatever it is. */
  void answered() {
    unanswered = false;
    sendNext();
  }

  private void rested() {
    resting = false;
    sendNext();
  }

  private void sendNext() {
    if (closed || unanswered || resting) {
      return;
    }
    Pressed next = waiting.poll();
    if (next == null) {
      return;
    }
    resting = true;
    Duration rest = Duration.ofMillis(next.durationMs() + next.gapMs());
    wiring.alarms().in(rest, () -> owner.post(this::rested));
    if (next.digit() != PAUSE) {
      send(next);
    }
  }

  private void send(Pressed next) {
    try {
      Request info = path.request(Request.INFO);
      wiring.messages().dtmf(info, new DtmfInfo(next.digit(), next.durationMs()));
      path.send(info, owner.events());
      unanswered = true;
    } catch (SipException e) {
      LOG.debug("no INFO could be sent: {}", e.getMessage());
    }
  }

  /** The dialog is over. */
  void close() {
    closed = true;
    waiting.clear();
  }
}
