package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import org.ringdown.webrtc.ice.IceLiteAgent;
import org.ringdown.webrtc.ice.Path;

/**
 * Over which pair of addresses a path goes. Ours is always a host candidate.
 *
 * @param remoteType what the browser's address is: {@code host}, {@code srflx}, {@code prflx} or
 *     {@code relay}
 */
record SelectedPair(Path path, String remoteType, boolean nominated) {
  /** Says it, if there is one yet, and what the browser has named. */
  static void addTo(
      ImmutableMap.Builder<String, Object> evidence,
      IceLiteAgent agent,
      RemoteCandidates candidates) {
    agent
        .selected()
        .map(path -> new SelectedPair(path, candidates.typeOf(path.remote()), agent.nominated()))
        .ifPresent(pair -> pair.addTo(evidence));
    evidence.put("remoteCandidates", candidates.counts());
  }

  private void addTo(ImmutableMap.Builder<String, Object> evidence) {
    evidence.put("local", text(path.link().local()));
    evidence.put("remote", text(path.remote()));
    evidence.put("pair", "host-" + remoteType);
    evidence.put("nominated", nominated);
  }

  private static String text(InetSocketAddress address) {
    String host = InetAddresses.toAddrString(address.getAddress());
    return HostAndPort.fromParts(host, address.getPort()).toString();
  }
}
