package org.ringdown.sip;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The legs that are not over, and which dialled leg a From tag belongs to. Safe from any thread.
 */
final class OpenLegs {
  private final Set<SipLeg> open = ConcurrentHashMap.newKeySet();
  private final Map<String, LegEvents> byLocalTag = new ConcurrentHashMap<>();

  void add(SipLeg leg) {
    open.add(leg);
  }

  void over(SipLeg leg) {
    open.remove(leg);
  }

  int count() {
    return open.size();
  }

  /** Remembers whose INVITE carries this From tag: a forked 2xx is told by nothing else. */
  void remember(String localTag, LegEvents leg) {
    byLocalTag.put(localTag, leg);
  }

  void forget(String localTag) {
    byLocalTag.remove(localTag);
  }

  @Nullable LegEvents dialledWith(String localTag) {
    return byLocalTag.get(localTag);
  }
}
