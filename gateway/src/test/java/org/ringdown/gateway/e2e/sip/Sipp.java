package org.ringdown.gateway.e2e.sip;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.process.ChildProcess;
import org.ringdown.gateway.e2e.process.FreePorts;
import org.ringdown.gateway.e2e.process.WorkDir;

/** One run of SIPp through a scenario. Safe from any thread. */
public final class Sipp implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /**
   * What to play: a scenario, the port it speaks to, its own port, the values of the scenario's
   * parameters, further options of SIPp, and the address of both.
   */
  public record Role(
      String scenario,
      int remotePort,
      int localPort,
      Map<String, String> parameters,
      List<String> options,
      String address) {
    /** A role over IPv4. */
    public Role(
        String scenario,
        int remotePort,
        int localPort,
        Map<String, String> parameters,
        List<String> options) {
      this(scenario, remotePort, localPort, parameters, options, "127.0.0.1");
    }

    /** The same over IPv6. */
    public Role overIpv6() {
      return new Role(scenario, remotePort, localPort, parameters, options, "[::1]");
    }
  }

  private final Path dir;
  private final Role role;
  private final ChildProcess process;

  private Sipp(Path dir, Role role, ChildProcess process) {
    this.dir = dir;
    this.role = role;
    this.process = process;
  }

  /** Starts a run by {@code scripts/sipp/play}. */
  public static Sipp start(Path dir, Path player, Role role, FreePorts ports) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(player.toString(), "--dir", dir.toString(), role.scenario()));
    command.add(role.address() + ":" + role.remotePort());
    role.parameters().forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(List.of("-i", role.address(), "-p", "" + role.localPort()));
    command.addAll(List.of("-mi", role.address(), "-mp", "" + ports.block(4)));
    command.addAll(List.of("-cp", "" + ports.one(), "-nostdin"));
    command.addAll(List.of("-recv_timeout", "20000", "-timeout", "35", "-timeout_error"));
    command.addAll(role.options());
    return new Sipp(dir, role, ChildProcess.start("sipp", dir, Map.of("TERM", "dumb"), command));
  }

  /** Waits for the end of the run, which must have gone as the scenario says. */
  public Sipp awaitSuccess() {
    int status = process.awaitExit(LIMIT);
    if (status != 0) {
      throw new AssertionError(
          role.scenario() + " failed (exit " + status + ") in " + dir + "\n" + errors());
    }
    return this;
  }

  /** Whether the run goes on. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Waits until a message with all these pieces has been received. */
  public void awaitMessage(String... pieces) {
    Awaitility.await(role.scenario() + " gets " + List.of(pieces) + "; messages in " + dir)
        .atMost(Duration.ofSeconds(10))
        .until(() -> received(pieces) > 0);
  }

  /** How many messages received so far contain all these pieces, each counted once. */
  public int received(String... pieces) {
    return (int) messages(" received [", pieces).distinct().count();
  }

  /**
   * The dialog that the first 200 made, as a Replaces header of somebody else names it (RFC 3891).
   */
  public String dialog() {
    awaitMessage("SIP/2.0 200 ");
    String messages = file("messages.txt");
    String answer = messages.substring(messages.indexOf("SIP/2.0 200 "));
    return find("Call-ID: (\\S+)", answer)
        + ";to-tag="
        + find("\nTo: [^\n]*;tag=([^;\\s]+)", answer)
        + ";from-tag="
        + find("\nFrom: [^\n]*;tag=([^;\\s]+)", answer);
  }

  /** The dialog that the first 180 made, as a Replaces header for whoever called names it. */
  public String ringing() {
    Awaitility.await(role.scenario() + " rings; messages in " + dir)
        .atMost(Duration.ofSeconds(10))
        .until(() -> sent("SIP/2.0 180") > 0);
    String messages = file("messages.txt");
    String ringing = messages.substring(messages.indexOf("SIP/2.0 180"));
    return find("Call-ID: (\\S+)", ringing)
        + ";to-tag="
        + find("\nFrom: [^\n]*;tag=([^;\\s]+)", ringing)
        + ";from-tag="
        + find("\nTo: [^\n]*;tag=([^;\\s]+)", ringing);
  }

  private static String find(String regex, String text) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + regex + " in " + text);
    }
    return matcher.group(1);
  }

  /** How many messages sent so far contain all these pieces, each counted once. */
  public int sent(String... pieces) {
    return (int) messages(" sent (", pieces).distinct().count();
  }

  /** The same, with those that were sent again over UDP because no answer had come (RFC 3261). */
  public int receivedAgainToo(String... pieces) {
    return (int) messages(" received [", pieces).count();
  }

  /** The same, with those that were sent again. */
  public int sentAgainToo(String... pieces) {
    return (int) messages(" sent (", pieces).count();
  }

  /** Each message without the time before it. */
  private Stream<String> messages(String direction, String... pieces) {
    return Arrays.stream(file("messages.txt").split("-----------------------------", -1))
        .filter(message -> message.contains(direction))
        .filter(message -> Arrays.stream(pieces).allMatch(message::contains))
        .map(message -> message.substring(message.indexOf(direction)));
  }

  private String errors() {
    String errors = file("errors.txt");
    return errors.isEmpty() ? process.log() : errors;
  }

  private String file(String name) {
    return Files.exists(dir.resolve(name)) ? WorkDir.read(dir.resolve(name)) : "";
  }

  @Override
  public void close() {
    process.close();
  }
}
