package org.ringdown.sip.dns;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks DNS and remembers: answers as long as they say, the answer that there is nothing likewise
 * (RFC 2308), and that nobody answered for a short while. Safe from any thread.
 */
final class Lookups {
  private static final Logger LOG = LoggerFactory.getLogger(Lookups.class);
  private static final int TRIES = 2;

  /** So much later than it should the library may notice that an answer is overdue. */
  private static final Duration LATENESS = Duration.ofSeconds(1);

  private static final int LONGEST_SECONDS = 24 * 60 * 60;
  private static final int LONGEST_NEGATIVE_SECONDS = 15 * 60;
  private static final int MOST_RECORDS = 10_000;
  private static final Duration FAILURE_HOLDS = Duration.ofSeconds(5);

  private final LookupSession session;
  private final HostsFileParser hosts = new HostsFileParser();
  private final Cache<Question, DnsException> failures =
      CacheBuilder.newBuilder().expireAfterWrite(FAILURE_HOLDS).maximumSize(MOST_RECORDS).build();

  /** What is asked for. */
  private record Question(Name name, int type) {}

  Lookups(DnsConfig config) {
    org.xbill.DNS.Cache cache = new org.xbill.DNS.Cache(DClass.IN);
    cache.setMaxCache(LONGEST_SECONDS);
    cache.setMaxNCache(LONGEST_NEGATIVE_SECONDS);
    cache.setMaxEntries(MOST_RECORDS);
    session = LookupSession.builder().resolver(resolver(config)).cache(cache).build();
  }

  private static Resolver resolver(DnsConfig config) {
    List<InetSocketAddress> servers =
        config.servers().isEmpty() ? ResolverConfig.getCurrentConfig().servers() : config.servers();
    ExtendedResolver all =
        new ExtendedResolver(
            servers.stream().map(server -> resolver(server, config.timeout())).toList());
    all.setRetries(TRIES);
    all.setTimeout(config.timeout().plus(LATENESS).multipliedBy((long) TRIES * servers.size()));
    return all;
  }

  private static Resolver resolver(InetSocketAddress server, Duration timeout) {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setTimeout(timeout);
    return resolver;
  }

  /**
   * The records of a name; an empty list if it has none. Fails with a {@link DnsException} if
   * nobody can say.
   */
  CompletableFuture<List<Record>> records(String text, int type) {
    Name name;
    try {
      name = Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      return failed(new DnsException(text + " is not a name"));
    }
    Question question = new Question(name, type);
    DnsException before = failures.getIfPresent(question);
    return before == null ? ask(question) : failed(before);
  }

  private static <T> CompletableFuture<T> failed(DnsException reason) {
    return CompletableFuture.failedFuture(reason);
  }

  private CompletableFuture<List<Record>> ask(Question question) {
    return session
        .lookupAsync(question.name(), question.type())
        .toCompletableFuture()
        .handle(
            (result, failure) -> failure == null ? result.getRecords() : none(question, failure));
  }

  private List<Record> none(Question question, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException) {
      return List.of();
    }
    String name = question.name().toString(true);
    LOG.debug("{} {}: {}", name, Type.string(question.type()), String.valueOf(cause));
    DnsException reason = new DnsException("no DNS server answers for " + name);
    failures.put(question, reason);
    throw new CompletionException(reason);
  }

  /**
   * The addresses of a host, those of IPv4 first: what the system's hosts file says, else DNS. An
   * empty list if it has none.
   */
  CompletableFuture<List<InetAddress>> addresses(String host) {
    List<InetAddress> known = inHostsFile(host);
    if (!known.isEmpty()) {
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<List<Record>> four = records(host, Type.A);
    CompletableFuture<List<Record>> six = records(host, Type.AAAA);
    return either(four, six)
        .thenApply(
            records -> records.stream().flatMap(record -> address(record).stream()).toList());
  }

  /** Both lists; where one cannot be had, the other, unless that one is empty. */
  private static CompletableFuture<List<Record>> either(
      CompletableFuture<List<Record>> left, CompletableFuture<List<Record>> right) {
    CompletableFuture<List<Record>> both =
        orEmpty(left)
            .thenCombine(orEmpty(right), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    return both.thenCompose(
        found ->
            found.isEmpty()
                ? left.thenCombine(right, (none, neither) -> found)
                : CompletableFuture.completedFuture(found));
  }

  private static CompletableFuture<List<Record>> orEmpty(CompletableFuture<List<Record>> records) {
    return records.exceptionally(failure -> List.of());
  }

  private static Optional<InetAddress> address(Record found) {
    if (found instanceof ARecord four) {
      return Optional.of(four.getAddress());
    }
    return found instanceof AAAARecord six ? Optional.of(six.getAddress()) : Optional.empty();
  }

  private List<InetAddress> inHostsFile(String host) {
    try {
      Name name = Name.fromString(host, Name.root);
      return Stream.of(
              hosts.getAddressForHost(name, Type.A), hosts.getAddressForHost(name, Type.AAAA))
          .flatMap(Optional::stream)
          .map(address -> InetAddresses.forString(InetAddresses.toAddrString(address)))
          .toList();
    } catch (IOException e) {
      LOG.debug("the hosts file tells nothing: {}", e.toString());
      return List.of();
    }
  }
}
