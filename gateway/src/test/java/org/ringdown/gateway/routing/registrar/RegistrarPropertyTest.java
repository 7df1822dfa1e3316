package org.ringdown.gateway.routing.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.ringdown.gateway.routing.Step;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.RegistrationResult.Accepted;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate.Change;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate.Contact;

/** What holds for a registrar whatever phones send, in whatever order. */
@PropertyDefaults(tries = 300, edgeCases = EdgeCasesMode.NONE)
class RegistrarPropertyTest {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final AddressOfRecord BOB = new AddressOfRecord("bob");
  private static final Duration MAX_EXPIRES = Duration.ofHours(2);
  private static final int MAX_CONTACTS = 3;

  private final Registrar registrar =
      new Registrar(
          new RegistrarLimits(
              Duration.ofMinutes(1), Duration.ofHours(1), MAX_EXPIRES, MAX_CONTACTS));

  /** A request and how long it comes after the one before. */
  record Step(RegistrationUpdate update, Duration later) {}

  @Property
  void thereAreNeverMoreContactsThanAllowed(@ForAll("steps") List<Step> steps) {
    run(steps, now -> assertThat(stored(now)).hasSizeLessThanOrEqualTo(MAX_CONTACTS));
  }

  @Property
  void everyBindingHoldsAndEndsWithinTheMaximum(@ForAll("steps") List<Step> steps) {
    Instant end =
        run(
            steps,
            now ->
                assertThat(stored(now))
                    .allMatch(binding -> binding.holdsAt(now))
                    .allMatch(binding -> !binding.expiry().isAfter(now.plus(MAX_EXPIRES))));

    assertThat(stored(end.plus(MAX_EXPIRES))).isEmpty();
    registrar.purge(end.plus(MAX_EXPIRES));
    assertThat(stored(START)).isEmpty();
  }

  @Property
  void theMostPreferredAlwaysComesFirst(@ForAll("steps") List<Step> steps) {
    run(
        steps,
        now ->
            assertThat(stored(now))
                .isSortedAccordingTo(Comparator.comparing(Binding::q).reversed()));
  }

  @Property
  void aRefusedRequestChangesNothing(@ForAll("steps") List<Step> steps) {
    Instant now = START;
    for (Step step : steps) {
      now = now.plus(step.later());
      ImmutableList<Binding> before = stored(now);
      RegistrationResult result = registrar.apply(step.update(), now);
      if (result instanceof Accepted accepted) {
        assertThat(stored(now)).containsExactlyInAnyOrderElementsOf(accepted.bindings());
      } else {
        assertThat(stored(now)).isEqualTo(before);
      }
    }
  }

  @Property
  void aLateCopyOfARequestIsWithoutEffect(@ForAll("steps") List<Step> steps) {
    run(
        steps,
        now -> {
          ImmutableList<Binding> before = stored(now);
          before.forEach(binding -> registrar.apply(removalOf(binding), now));
          assertThat(stored(now)).isEqualTo(before);
        });
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(updates(), Arbitraries.integers().between(0, 90))
        .as((update, minutes) -> new Step(update, Duration.ofMinutes(minutes)))
        .list()
        .ofMaxSize(25);
  }

  private static Arbitrary<RegistrationUpdate> updates() {
    Arbitrary<Change> removeAll = Arbitraries.just(new Change.RemoveAll());
    Arbitrary<Change> update =
        contacts().list().ofMaxSize(4).map(ImmutableList::copyOf).map(Change.Update::new);
    return Combinators.combine(
            Arbitraries.of("a", "b", "c"),
            Arbitraries.integers().between(1, 20),
            Arbitraries.frequencyOf(Tuple.of(1, removeAll), Tuple.of(9, update)))
        .as(RegistrarPropertyTest::update);
  }

  private static Arbitrary<Contact> contacts() {
    Arbitrary<Duration> expires =
        Arbitraries.of(0L, 30L, 60L, 600L, 3600L, 100_000L).map(Duration::ofSeconds);
    return Combinators.combine(
            Arbitraries.integers().between(1, 6),
            expires.injectNull(0.2),
            Arbitraries.of(0f, 0.5f, 1f))
        .as((host, duration, q) -> new Contact("sip:bob@192.0.2." + host, duration, q));
  }

  private Instant run(List<Step> steps, Consumer<Instant> check) {
    Instant now = START;
    for (Step step : steps) {
      now = now.plus(step.later());
      registrar.apply(step.update(), now);
      check.accept(now);
    }
    return now;
  }

  private ImmutableList<Binding> stored(Instant now) {
    return registrar.lookup(BOB, now);
  }

  private static RegistrationUpdate update(String callId, int cseq, Change change) {
    return new RegistrationUpdate(
        BOB,
        new Binding.Flow(new InetSocketAddress("127.0.0.1", 5062), "UDP"),
        callId,
        cseq,
        "",
        change);
  }

  private static RegistrationUpdate removalOf(Binding binding) {
    Contact contact = new Contact(binding.contact(), Duration.ZERO, binding.q());
    return update(
        binding.callId(), (int) binding.cseq(), new Change.Update(ImmutableList.of(contact)));
  }
}
