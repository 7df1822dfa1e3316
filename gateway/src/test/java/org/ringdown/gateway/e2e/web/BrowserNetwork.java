package org.ringdown.gateway.e2e.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A network of its own for browsers (a Linux network namespace), joined to this machine by a pair
 * of virtual network cards, with one address at each end. Needs root. Not thread-safe.
 */
public final class BrowserNetwork implements AutoCloseable {
  private final String name;
  private final String subnet;
  private final int prefixBits;
  private String address;
  private int last = 2;

  private BrowserNetwork(String name, String subnet, int prefixBits) {
    this.name = name;
    this.subnet = subnet;
    this.prefixBits = prefixBits;
    this.address = subnet + last;
  }

  /** A network that has nothing but IPv4. */
  public static BrowserNetwork ofIpv4() {
    int number = ThreadLocalRandom.current().nextInt(1, 512);
    String subnet = "198." + (18 + number / 256) + "." + number % 256 + ".";
    return open(new BrowserNetwork("rd4-" + number, subnet, 24));
  }

  /** A network that has nothing but IPv6. */
  public static BrowserNetwork ofIpv6() {
    int number = ThreadLocalRandom.current().nextInt(0x1000, 0xffff);
    String subnet = "fd72:696e:67:" + Integer.toHexString(number) + "::";
    return open(new BrowserNetwork("rd6-" + number, subnet, 64));
  }

  private static BrowserNetwork open(BrowserNetwork network) {
    network.build();
    return network;
  }

  private void build() {
    ip("netns", "add", name);
    try {
      ip("link", "add", name, "type", "veth", "peer", "name", "card", "netns", name);
      ip(address(gateway(), name));
      ip("link", "set", name, "up");
      inside("link", "set", "lo", "up");
      inside("link", "set", "card", "up");
      settle();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void settle() {
    inside(address(address, "card"));
    inside("route", "replace", "default", "via", gateway());
  }

  /** IPv6 would look for another machine of that address first, which takes seconds. */
  private String[] address(String which, String card) {
    List<String> arguments =
        new ArrayList<>(List.of("addr", "add", which + "/" + prefixBits, "dev", card));
    if (isIpv6()) {
      arguments.add("nodad");
    }
    return arguments.toArray(String[]::new);
  }

  private boolean isIpv6() {
    return subnet.contains(":");
  }

  /** This machine's address, as the browsers reach it. */
  public String gateway() {
    return subnet + 1;
  }

  /** The browsers' address now. */
  public String address() {
    return address;
  }

  /** Takes the browsers' address away and gives them another, as another network would. */
  public void move() {
    inside("addr", "del", address + "/" + prefixBits, "dev", "card");
    last++;
    address = subnet + last;
    settle();
  }

  /** What runs a command in this network. */
  List<String> prefix() {
    return List.of("ip", "netns", "exec", name);
  }

  private void inside(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-n", name));
    all.addAll(Arrays.asList(arguments));
    ip(all.toArray(String[]::new));
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(Arrays.asList(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The cards go with the network. */
  @Override
  public void close() {
    ip("netns", "del", name);
  }
}
