package org.ringdown.gateway;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.GatewayConfig.User;

/** What is printed at the start: what to open, what to dial, how to register a phone. */
record Banner(GatewayConfig config, ImmutableMap<String, User> users, Gateway gateway) {
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("Ringdown is up.");
    lines.add("  Web phone     " + pages());
    lines.add("  SIP           " + sip());
    if (config.hasDemoUsers()) {
      lines.add("  Sign in with  " + signIns());
      lines.add("                (any of them in a browser and on a phone; new at each start)");
    }
    String users = config.hasDemoUsers() ? "as above" : "of one of the users";
    lines.add("  Phone         registrar " + registrar() + ", user and password " + users);
    lines.add("  Dial          " + numbers());
    lines.add("  Stop          Ctrl-C");
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private String pages() {
    List<String> urls = new ArrayList<>();
    for (InetSocketAddress address : gateway.webListening()) {
      String scheme = urls.isEmpty() && config.web().http() != null ? "http" : "https";
      urls.add(scheme + "://" + host(address.getAddress()) + ":" + address.getPort());
    }
    return String.join("   ", urls);
  }

  private String sip() {
    return gateway.sipListening().stream()
        .map(listen -> listen.transport() + " " + hostPort(listen.address()))
        .collect(Collectors.joining("   "));
  }

  private String signIns() {
    return users.entrySet().stream()
        .map(entry -> entry.getKey() + " / " + entry.getValue().password().value())
        .collect(Collectors.joining("   "));
  }

  private String registrar() {
    return gateway.sipListening().stream()
        .findFirst()
        .map(listen -> "sip:" + hostPort(listen.address()) + listen.transport().uriParameter())
        .orElse("none");
  }

  private String numbers() {
    List<String> numbers = new ArrayList<>(users.keySet().asList());
    for (Map.Entry<String, ?> extension : config.extensions().entrySet()) {
      numbers.add(
          extension.getKey()
              + " ("
              + extension.getValue().toString().toLowerCase(Locale.ROOT)
              + ")");
    }
    return String.join(", ", numbers);
  }

  private static String hostPort(InetSocketAddress address) {
    return InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
  }

  private static String host(InetAddress address) {
    return address.isLoopbackAddress() || address.isAnyLocalAddress()
        ? "localhost"
        : InetAddresses.toUriString(address);
  }
}
