package org.ringdown.gateway.testkit.load;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.HostAndPort;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.ringdown.gateway.command.NamedOptions;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.testkit.load.LoadOptions.Limits;
import org.ringdown.gateway.testkit.load.LoadOptions.Output;
import org.ringdown.gateway.testkit.load.LoadOptions.Search;
import org.ringdown.gateway.testkit.load.LoadOptions.WarmUp;
import org.ringdown.gateway.testkit.load.LoadOptions.Where;
import org.ringdown.gateway.testkit.load.media.MediaMode;
import org.ringdown.gateway.testkit.load.traffic.Direction;
import org.ringdown.gateway.testkit.load.traffic.Load;
import org.ringdown.gateway.testkit.load.traffic.Target.Kind;
import org.ringdown.gateway.testkit.load.traffic.Target.Users;

/** Makes {@link LoadOptions} of the words of a command line. */
final class LoadOptionsReader {
  private static final ImmutableSet<String> WITH_VALUE =
      ImmutableSet.of(
          "--gateway",
          "--web",
          "--janus",
          "--rtpengine",
          "--from",
          "--pid",
          "--java-opts",
          "--pages",
          "--phones",
          "--page-users",
          "--phone-users",
          "--rate",
          "--duration",
          "--soak",
          "--hold",
          "--concurrent",
          "--direction",
          "--media",
          "--registrations",
          "--sessions",
          "--sign-ins",
          "--warm-up",
          "--warm-up-rate",
          "--patience",
          "--step",
          "--max-rate",
          "--min-success",
          "--max-setup",
          "--max-memory",
          "--max-threads",
          "--max-ports",
          "--max-files",
          "--max-growth",
          "--json",
          "--html",
          "--workers");
  private static final ImmutableSet<String> ALONE =
      ImmutableSet.of("--insecure", "--find-rate", "--quiet", "--help", "-h");
  private static final int MANY = 100_000;
  private static final int MOST_WORKERS = 64;
  private static final double FASTEST = 20_000;
  private static final double SOAK_GROWTH_PERCENT = 20;

  private LoadOptionsReader() {}

  /**
   * Reads the arguments; empty if help is wanted.
   *
   * @throws UsageException for one that is unknown, incomplete or does not fit the others
   */
  static Optional<LoadOptions> read(String... words) throws UsageException {
    NamedOptions given = NamedOptions.parse(WITH_VALUE, ALONE, words);
    if (given.has("--help") || given.has("-h")) {
      return Optional.empty();
    }
    refuse(given, "--soak", "--find-rate");
    Load load = load(given);
    int workers = given.whole("--workers", 1, 1, MOST_WORKERS);
    Where where = where(given, load);
    if (Math.min(where.pages().count(), where.phones().count()) < workers) {
      throw new UsageException("each of --workers needs one of --pages and of --phones");
    }
    Optional<Search> search = search(given);
    if (search.isPresent() && load.callsPerSecond() == 0) {
      throw new UsageException("--find-rate begins at --rate, which cannot be 0");
    }
    if (load.callsPerSecond() == 0
        && load.registrationsPerSecond() == 0
        && !given.has("--sessions")) {
      throw new UsageException(
          "--rate 0 leaves nothing to do without --registrations or --sessions");
    }
    return Optional.of(
        new LoadOptions(
            where,
            load,
            given.choice("--media", MediaMode.SOUND, MediaMode.class),
            new WarmUp(
                given.duration("--warm-up").orElse(Duration.ZERO),
                given.number("--warm-up-rate", load.callsPerSecond(), 1, FASTEST)),
            given.duration("--patience").orElse(Duration.ofSeconds(5)),
            workers,
            given.whole("--sessions", 0, 1, MANY),
            given.number("--sign-ins", 0, 0.1, FASTEST),
            search,
            limits(given),
            new Output(given.report("--json"), given.report("--html"), given.has("--quiet"))));
  }

  private static void refuse(NamedOptions given, String one, String other) throws UsageException {
    if (given.has(one) && given.has(other)) {
      throw new UsageException(one + " and " + other + " do not go together");
    }
  }

  private static Load load(NamedOptions given) throws UsageException {
    int concurrent = given.whole("--concurrent", 0, 1, MANY);
    Optional<Duration> hold = given.duration("--hold");
    Optional<Duration> lasts = given.duration("--duration");
    Optional<Duration> soak = given.duration("--soak");
    if (lasts.isPresent() && soak.isPresent()) {
      throw new UsageException("--soak says how long already: leave --duration out");
    }
    Duration usual = Duration.ofSeconds(2);
    return new Load(
        given.number("--rate", 5, 0, FASTEST),
        soak.or(() -> lasts).orElse(Duration.ofSeconds(10)),
        concurrent > 0 ? hold.orElse(null) : hold.orElse(usual),
        concurrent,
        directions(given),
        given.number("--registrations", 0, 0, FASTEST));
  }

  private enum Way {
    BOTH,
    PHONE_TO_PAGE,
    PAGE_TO_PHONE
  }

  private static ImmutableList<Direction> directions(NamedOptions given) throws UsageException {
    return switch (given.choice("--direction", Way.BOTH, Way.class)) {
      case BOTH -> ImmutableList.copyOf(Direction.values());
      case PHONE_TO_PAGE -> ImmutableList.of(Direction.PHONE_TO_PAGE);
      case PAGE_TO_PHONE -> ImmutableList.of(Direction.PAGE_TO_PHONE);
    };
  }

  private static Optional<Search> search(NamedOptions given) throws UsageException {
    Duration step = given.duration("--step").orElse(Duration.ofSeconds(10));
    double highest = given.number("--max-rate", FASTEST, 1, FASTEST);
    return given.has("--find-rate") ? Optional.of(new Search(step, highest)) : Optional.empty();
  }

  private static Limits limits(NamedOptions given) throws UsageException {
    double growth =
        given.number("--max-growth", given.has("--soak") ? SOAK_GROWTH_PERCENT : -1, 0, 1000);
    return new Limits(
        given.number("--min-success", 99.5, 0, 100),
        given.duration("--max-setup"),
        given.sizeKiB("--max-memory"),
        limit(given, "--max-threads"),
        limit(given, "--max-ports"),
        limit(given, "--max-files"),
        growth < 0 ? Optional.empty() : Optional.of(growth));
  }

  private static Optional<Integer> limit(NamedOptions given, String name) throws UsageException {
    return given.has(name) ? Optional.of(given.whole(name, 0, 1, 10_000_000)) : Optional.empty();
  }

  private static Kind kind(NamedOptions given, Load load) throws UsageException {
    refuse(given, "--janus", "--rtpengine");
    for (String kind : new String[] {"--janus", "--rtpengine"}) {
      if (given.has(kind) && (given.has("--gateway") || given.has("--web"))) {
        throw new UsageException(kind + " goes without --gateway and --web");
      }
    }
    if (given.has("--rtpengine") && (load.concurrent() == 0 || load.hold() != null)) {
      throw new UsageException("--rtpengine needs --concurrent, and calls stay up to the end");
    }
    return given.has("--janus")
        ? Kind.JANUS
        : given.has("--rtpengine") ? Kind.RTPENGINE : Kind.RINGDOWN;
  }

  private static Where where(NamedOptions given, Load load) throws UsageException {
    Kind kind = kind(given, load);
    Optional<HostAndPort> sip =
        hostAndPort(given, kind == Kind.RTPENGINE ? "--rtpengine" : "--gateway");
    if (given.has("--web") && sip.isEmpty()) {
      throw new UsageException("--web goes with --gateway");
    }
    boolean own = sip.isEmpty() && kind == Kind.RINGDOWN;
    if (own && (given.has("--pid") || given.has("--page-users") || given.has("--phone-users"))) {
      throw new UsageException("--pid, --page-users and --phone-users go with --gateway");
    }
    if (!own && given.has("--java-opts")) {
      throw new UsageException("--java-opts are for a gateway that is started here");
    }
    if (given.has("--gateway") && !(given.has("--page-users") && given.has("--phone-users"))) {
      throw new UsageException(
          "--gateway needs --page-users and --phone-users: who may sign in there");
    }
    return new Where(
        kind,
        sip,
        uri(given, kind == Kind.JANUS ? "--janus" : "--web"),
        given.has("--insecure"),
        given.text("--from"),
        given.has("--pid")
            ? Optional.of((long) given.whole("--pid", 0, 1, Integer.MAX_VALUE))
            : Optional.empty(),
        ImmutableList.copyOf(
            Splitter.on(' ').omitEmptyStrings().split(given.text("--java-opts").orElse(""))),
        users(given, "--page-users", "page", pages(given, load, kind)),
        users(given, "--phone-users", "phone", given.whole("--phones", 20, 1, 10_000)));
  }

  /** Enough that one is free whenever a call begins: Ringdown's can have several calls at once. */
  private static int pages(NamedOptions given, Load load, Kind kind) throws UsageException {
    int idle = given.whole("--sessions", 0, 1, MANY);
    int unless = Math.max(50, idle);
    if (kind == Kind.JANUS) {
      Duration hold = load.hold();
      double seconds = hold == null ? 0 : hold.toMillis() / 1000.0;
      unless = Math.max(unless, load.concurrent() + (int) (load.callsPerSecond() * (seconds + 3)));
    }
    return given.whole("--pages", Math.min(unless, MANY), 1, MANY);
  }

  private static Optional<HostAndPort> hostAndPort(NamedOptions given, String name)
      throws UsageException {
    Optional<String> text = given.text(name);
    try {
      return text.map(HostAndPort::fromString);
    } catch (IllegalArgumentException e) {
      throw new UsageException(name + " needs HOST or HOST:PORT, not " + text.orElse(""));
    }
  }

  private static Optional<URI> uri(NamedOptions given, String name) throws UsageException {
    Optional<String> text = given.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("wss?://[^/\\s]+(/\\S*)?")) {
      throw new UsageException(name + " needs a URL such as ws://HOST:8080/ws, not " + text.get());
    }
    return Optional.of(URI.create(text.get()));
  }

  private static Users users(NamedOptions given, String name, String unless, int count)
      throws UsageException {
    String text = given.text(name).orElse(unless + ":" + unless + "-password");
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new UsageException(name + " needs PREFIX:PASSWORD, not " + text);
    }
    return new Users(text.substring(0, colon), text.substring(colon + 1), 0, count);
  }
}
