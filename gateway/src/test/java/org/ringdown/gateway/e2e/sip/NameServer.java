package org.ringdown.gateway.e2e.sip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.process.ChildProcess;

/** The DNS server dnsmasq, which knows one domain and asks nobody. Safe from any thread. */
public final class NameServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ChildProcess process;

  private NameServer(ChildProcess process) {
    this.process = process;
  }

  /**
   * Starts a server on 127.0.0.1 and waits until it listens.
   *
   * @param records dnsmasq's options for records, such as {@code "host-record=a.test,127.0.0.1"}
   */
  public static NameServer start(Path dir, int port, List<String> records) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file=",
                "--user=" + System.getProperty("user.name"),
                "--log-facility=-",
                "--log-queries",
                "--listen-address=127.0.0.1",
                "--bind-interfaces",
                "--no-resolv",
                "--no-hosts",
                "--local=/test/",
                "--local-ttl=1",
                "--port=" + port));
    records.forEach(record -> command.add("--" + record));
    ChildProcess process = ChildProcess.start("dnsmasq", dir, Map.of(), command);
    Awaitility.await("dnsmasq listens; log: " + process.logFile())
        .atMost(PATIENCE)
        .failFast("dnsmasq has ended; log: " + process.logFile(), () -> !process.isAlive())
        .until(() -> process.log().contains("started"));
    return new NameServer(process);
  }

  /** Whether it was asked for this, such as {@code "[SRV] _sip._udp.pbx.test"}. */
  public boolean wasAsked(String question) {
    return process.log().contains("query" + question);
  }

  @Override
  public void close() {
    process.close();
  }
}
