package org.ringdown.gateway.testkit.load.traffic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.page.Page;
import org.ringdown.gateway.testkit.load.phone.PhoneCall;

/** A page and the calls that it has: one that is being set up, and any number that are. */
final class PageSeat implements Page.Listener {
  private final Page page;
  private final Map<String, LoadCall> calls = new ConcurrentHashMap<>();
  private volatile @Nullable LoadCall expected;
  private volatile @Nullable String lost;

  PageSeat(Page page) {
    this.page = page;
    page.listen(this);
  }

  Page page() {
    return page;
  }

  /** Why it is no longer connected, null if it is. */
  @Nullable String lost() {
    return lost;
  }

  /** The next call that comes in, at the page or from it at a phone, is this one. */
  void expect(@Nullable LoadCall call) {
    expected = call;
  }

  /** Calls, and gives the call's name. */
  synchronized String place(LoadCall call, String to, String sdp) {
    String name = page.call(to, sdp);
    calls.put(name, call);
    return name;
  }

  void forget(@Nullable String name, LoadCall call) {
    if (name != null) {
      calls.remove(name, call);
    }
  }

  /** A call from this page has reached a phone; whether it was expected. */
  boolean reached(PhoneCall incoming) {
    LoadCall call = expected;
    if (call == null) {
      return false;
    }
    call.onInvite(incoming);
    return true;
  }

  @Override
  public void onIncoming(String name, String sdp, long nanos) {
    LoadCall call = expected;
    if (call == null) {
      page.hangUp(name);
    } else {
      calls.put(name, call);
      call.onIncoming(name, sdp, nanos);
    }
  }

  private synchronized @Nullable LoadCall find(String name) {
    return calls.get(name);
  }

  @Override
  public void onAnswer(String name, String sdp) {
    LoadCall call = find(name);
    if (call != null) {
      call.onAnswer(sdp);
    }
  }

  @Override
  public void onAccepted(String name, long nanos) {
    LoadCall call = find(name);
    if (call != null) {
      call.onConnected(nanos);
    }
  }

  @Override
  public void onCandidate(String name, String line) {
    LoadCall call = find(name);
    if (call != null) {
      call.onCandidate(line);
    }
  }

  @Override
  public void onEnded(String name, String why) {
    LoadCall call = find(name);
    if (call != null) {
      call.onPageEnded(why);
    }
  }

  @Override
  public void onLost(String why) {
    lost = why;
    calls.values().forEach(call -> call.onPageEnded("connection lost: " + why));
  }
}
