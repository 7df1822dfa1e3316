package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ringdown.webrtc.ice.Candidate;

/**
 * What a browser says of the ways to it. The lite side of ICE needs none of it to find the way, but
 * to name the one that was found, and to say what was tried when none was. Safe from any thread.
 */
final class RemoteCandidates {
  private static final int MOST = 64;
  private static final String UNKNOWN = "prflx";
  private static final String RELAY = "relay";

  private final Map<InetSocketAddress, String> types = new HashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private String ufrag = "";
  private int told;

  /** The browser's description is another one now: those of before an ICE restart are forgotten. */
  synchronized void described(String remoteUfrag) {
    if (!remoteUfrag.equals(ufrag)) {
      if (!ufrag.isEmpty()) {
        types.clear();
        counts.clear();
        told = 0;
      }
      ufrag = remoteUfrag;
    }
  }

  /** One more; what is not understood is left out. */
  synchronized void add(String line) {
    if (told < MOST) {
      Candidate.parse(line).ifPresent(this::add);
    }
  }

  private void add(Candidate candidate) {
    told++;
    counts.merge(candidate.type(), 1, Integer::sum);
    if (candidate.address() != null) {
      types.putIfAbsent(candidate.address(), candidate.type());
    }
  }

  /** What kind of address this is; peer-reflexive if the browser has not named it. */
  synchronized String typeOf(InetSocketAddress address) {
    return types.getOrDefault(address, UNKNOWN);
  }

  /** Whether the browser has named nothing but relays. */
  synchronized boolean onlyRelays() {
    return counts.size() == 1 && counts.containsKey(RELAY);
  }

  /** How many there are of each type. */
  synchronized ImmutableMap<String, Integer> counts() {
    return ImmutableMap.copyOf(counts);
  }
}
