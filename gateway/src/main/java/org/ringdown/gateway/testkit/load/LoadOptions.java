package org.ringdown.gateway.testkit.load;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.testkit.load.media.MediaMode;
import org.ringdown.gateway.testkit.load.traffic.Load;
import org.ringdown.gateway.testkit.load.traffic.Target.Kind;
import org.ringdown.gateway.testkit.load.traffic.Target.Users;

/**
 * What the command was called with.
 *
 * @param where the gateway
 * @param load what to do
 * @param media how much of media calls have
 * @param warmUp what to do before, uncounted
 * @param patience how long the set-up of a call may take
 * @param workers how many processes make the load
 * @param idlePages how many pages to sign in, of which few have calls; 0 if that is not measured
 * @param signInsPerSecond at which rate; 0 as fast as it goes
 * @param search whether and how to look for the highest steady rate
 * @param limits what must be kept
 * @param output where results go
 */
record LoadOptions(
    Where where,
    Load load,
    MediaMode media,
    WarmUp warmUp,
    Duration patience,
    int workers,
    int idlePages,
    double signInsPerSecond,
    Optional<Search> search,
    Limits limits,
    Output output) {
  /**
   * The gateway.
   *
   * @param kind what it is
   * @param sip its host and SIP port, of an rtpengine that of its control; empty for one that is to
   *     be started, and for a Janus
   * @param web the WebSocket of its pages, or of a Janus
   */
  record Where(
      Kind kind,
      Optional<HostAndPort> sip,
      Optional<URI> web,
      boolean anyCertificate,
      Optional<String> from,
      Optional<Long> pid,
      ImmutableList<String> javaOptions,
      Users pages,
      Users phones) {
    /** Whether a gateway is to be started here. */
    boolean own() {
      return sip.isEmpty() && kind == Kind.RINGDOWN;
    }
  }

  /** The same load, for a while and at a rate of its own. */
  record WarmUp(Duration lasts, double callsPerSecond) {}

  /**
   * How the highest steady rate is looked for, from that of the load upwards.
   *
   * @param step how long each rate is tried
   * @param highest where to stop, in calls a second
   */
  record Search(Duration step, double highest) {}

  /** What must be kept; each but the first may be left open. */
  record Limits(
      double successPercent,
      Optional<Duration> setup,
      Optional<Long> memoryKiB,
      Optional<Integer> threads,
      Optional<Integer> ports,
      Optional<Integer> files,
      Optional<Double> growthPercent) {}

  /** Where results go besides the standard output. */
  record Output(Optional<Path> json, Optional<Path> html, boolean quiet) {}

  /**
   * Reads the arguments; empty if help is wanted.
   *
   * @throws UsageException for one that is unknown, incomplete or does not fit the others
   */
  static Optional<LoadOptions> parse(String... words) throws UsageException {
    return LoadOptionsReader.read(words);
  }
}
