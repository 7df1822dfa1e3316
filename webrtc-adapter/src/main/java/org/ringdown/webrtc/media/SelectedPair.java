package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import java.net.InetSocketAddress;
import org.ringdown.webrtc.ice.IceLiteAgent;
import org.ringdown.webrtc.ice.Path;

/** Over which pair of addresses a path goes. */
record SelectedPair(Path path, boolean nominated) {
  /** Says it of the agent, if there is one yet. */
  static void addTo(ImmutableMap.Builder<String, Object> evidence, IceLiteAgent agent) {
    agent.selected().ifPresent(path -> new SelectedPair(path, agent.nominated()).addTo(evidence));
  }

  private void addTo(ImmutableMap.Builder<String, Object> evidence) {
    evidence.put("local", text(path.link().local()));
    evidence.put("remote", text(path.remote()));
    evidence.put("nominated", nominated);
  }

  private static String text(InetSocketAddress address) {
    return HostAndPort.fromParts(address.getAddress().getHostAddress(), address.getPort())
        .toString();
  }
}
