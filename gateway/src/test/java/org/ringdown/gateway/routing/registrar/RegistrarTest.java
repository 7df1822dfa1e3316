package org.ringdown.gateway.routing.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.RegistrationResult.Accepted;
import org.ringdown.gateway.routing.registrar.RegistrationResult.OutOfOrder;
import org.ringdown.gateway.routing.registrar.RegistrationResult.TooBrief;
import org.ringdown.gateway.routing.registrar.RegistrationResult.TooManyContacts;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate.Change;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate.Contact;

class RegistrarTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final AddressOfRecord BOB = new AddressOfRecord("bob");
  private static final AddressOfRecord CAROL = new AddressOfRecord("carol");
  private static final Binding.Flow FLOW =
      new Binding.Flow(new InetSocketAddress("127.0.0.1", 5062), "UDP");
  private static final String DESK = "sip:bob@192.0.2.1:5060";
  private static final String CELL = "sip:bob@192.0.2.2:5060;transport=tcp";

  private final Registrar registrar =
      new Registrar(new RegistrarLimits(MINUTE, HOUR, HOUR.multipliedBy(24), 3));

  @Test
  void aBindingKeepsWhatTheRegistrationSaid() {
    register("a", 7, contact(DESK, MINUTE.multipliedBy(5), 0.5f));

    assertThat(registrar.lookup(BOB, NOW))
        .containsExactly(
            new Binding(
                BOB, DESK, FLOW, 0.5f, NOW.plus(MINUTE.multipliedBy(5)), "a", 7, "Phone/1", ""));
    assertThat(registrar.lookup(CAROL, NOW)).isEmpty();
  }

  @Test
  void aPhoneThatWasElsewhereBeforeLeavesNothingThere() {
    for (int start = 1; start <= 5; start++) {
      register("call" + start, 1, phone(uri(start), HOUR, "one"), phone(uri(9), HOUR, "two"));
    }

    assertThat(registrar.lookup(BOB, NOW))
        .extracting(Binding::contact)
        .containsExactly(uri(5), uri(9));
  }

  @Test
  void aPhoneTakesItsOldPlaceBackInAnyOrder() {
    register("a", 1, phone(DESK, HOUR, "one"));
    register("a", 2, phone(CELL, HOUR, "one"), phone(DESK, Duration.ZERO, "one"));

    assertThat(onlyBinding().contact()).isEqualTo(CELL);
  }

  @Test
  void aRegistrationWithoutContactsAsksForTheBindings() {
    register("a", 1, contact(DESK, HOUR));

    assertThat(register("b", 1)).isEqualTo(new Accepted(registrar.lookup(BOB, NOW)));
  }

  @Test
  void aContactThatAsksForNothingGetsTheDefault() {
    register("a", 1, contact(DESK, null));

    assertThat(onlyBinding().remaining(NOW)).isEqualTo(HOUR);
  }

  @Test
  void aContactThatAsksForTooMuchGetsTheMaximum() {
    register("a", 1, contact(DESK, Duration.ofDays(365)));

    assertThat(onlyBinding().remaining(NOW)).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void aContactThatAsksForTooLittleIsRefusedAndTheOthersWithIt() {
    assertThat(register("a", 1, contact(DESK, HOUR), contact(CELL, Duration.ofSeconds(59))))
        .isEqualTo(new TooBrief(MINUTE));
    assertThat(registrar.lookup(BOB, NOW)).isEmpty();
  }

  @Test
  void aBindingEndsWithItsTime() {
    register("a", 1, contact(DESK, MINUTE));

    assertThat(registrar.lookup(BOB, NOW.plus(MINUTE).minusMillis(1))).hasSize(1);
    assertThat(registrar.lookup(BOB, NOW.plus(MINUTE))).isEmpty();
  }

  @Test
  void aRefreshProlongsTheBindingOfTheSameContact() {
    register("a", 1, contact(DESK, MINUTE));
    register("a", 2, contact("sip:bob@192.0.2.1:5060;line=2", HOUR));

    assertThat(onlyBinding().remaining(NOW)).isEqualTo(HOUR);
    assertThat(onlyBinding().contact()).endsWith("line=2");
  }

  @Test
  void aRebootedPhoneTakesItsContactOverWithANewCallId() {
    register("a", 100, contact(DESK, HOUR));

    assertThat(register("b", 1, contact(DESK, HOUR))).isInstanceOf(Accepted.class);
    assertThat(onlyBinding().callId()).isEqualTo("b");
  }

  @Test
  void anExpiryOfZeroRemovesTheContact() {
    register("a", 1, contact(DESK, HOUR), contact(CELL, HOUR));
    register("a", 2, contact(DESK, Duration.ZERO));

    assertThat(onlyBinding().contact()).isEqualTo(CELL);
    assertThat(register("a", 3, contact("sip:nobody@192.0.2.9", Duration.ZERO)))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void aRequestThatComesLateChangesNothing() {
    register("a", 5, contact(DESK, HOUR));

    assertThat(register("a", 5, contact(DESK, Duration.ZERO))).isEqualTo(new OutOfOrder());
    assertThat(register("a", 4, contact(CELL, HOUR), contact(DESK, MINUTE)))
        .isEqualTo(new OutOfOrder());
    assertThat(onlyBinding().remaining(NOW)).isEqualTo(HOUR);
  }

  @Test
  void aStarRemovesEverything() {
    register("a", 1, contact(DESK, HOUR));
    register("b", 1, contact(CELL, HOUR));

    assertThat(removeAll("a", 2)).isEqualTo(new Accepted(ImmutableList.of()));
    assertThat(registrar.lookup(BOB, NOW)).isEmpty();
  }

  @Test
  void aStarThatComesLateRemovesNothing() {
    register("a", 2, contact(DESK, HOUR));
    register("b", 1, contact(CELL, HOUR));

    assertThat(removeAll("a", 2)).isEqualTo(new OutOfOrder());
    assertThat(registrar.lookup(BOB, NOW)).hasSize(2);
  }

  @Test
  void oneContactTooManyIsRefusedAndTheOthersStay() {
    register("a", 1, contact(uri(1), HOUR), contact(uri(2), HOUR), contact(uri(3), HOUR));

    assertThat(register("b", 1, contact(uri(4), HOUR))).isEqualTo(new TooManyContacts(3));
    assertThat(registrar.lookup(BOB, NOW)).hasSize(3);
    assertThat(register("b", 2, contact(uri(1), Duration.ZERO), contact(uri(4), HOUR)))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void expiredContactsMakeRoomForNewOnes() {
    register("a", 1, contact(uri(1), MINUTE), contact(uri(2), MINUTE), contact(uri(3), MINUTE));

    assertThat(registrar.apply(update(BOB, "b", 1, contact(uri(4), HOUR)), NOW.plus(MINUTE)))
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.bindings()).hasSize(1));
  }

  @Test
  void theSameContactTwiceInARequestIsOneBinding() {
    register("a", 1, contact(DESK, MINUTE), contact(DESK, HOUR));

    assertThat(onlyBinding().remaining(NOW)).isEqualTo(HOUR);
  }

  @Test
  void thePreferredContactComesFirstAndEqualsInTheirOrder() {
    register(
        "a", 1, contact(uri(1), HOUR, 0.1f), contact(uri(2), HOUR, 1f), contact(uri(3), HOUR, 1f));

    assertThat(registrar.lookup(BOB, NOW))
        .extracting(Binding::contact)
        .containsExactly(uri(2), uri(3), uri(1));
  }

  @Test
  void aContactThatIsNoSipUriIsComparedAsText() {
    register("a", 1, contact("tel:+4930", HOUR), contact("tel:+4931", HOUR));
    register("a", 2, contact("tel:+4930", Duration.ZERO));

    assertThat(onlyBinding().contact()).isEqualTo("tel:+4931");
  }

  @Test
  void purgingForgetsWhatDoesNotHoldAnyMore() {
    register("a", 1, contact(DESK, MINUTE), contact(CELL, HOUR));
    registrar.apply(update(CAROL, "c", 1, contact(DESK, MINUTE)), NOW);

    assertThat(registrar.all(NOW)).hasSize(3);
    assertThat(registrar.purge(NOW)).isEmpty();
    assertThat(registrar.purge(NOW.plus(MINUTE)))
        .extracting(Binding::addressOfRecord)
        .containsExactlyInAnyOrder(BOB, CAROL);
    assertThat(registrar.all(NOW)).extracting(Binding::contact).containsExactly(CELL);
  }

  @Test
  void updatesFromManyThreadsAreNotLost() throws Exception {
    Registrar roomy = new Registrar(new RegistrarLimits(MINUTE, HOUR, HOUR, 100));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      ImmutableList<Callable<RegistrationResult>> updates =
          IntStream.range(0, 100)
              .<Callable<RegistrationResult>>mapToObj(
                  index ->
                      () ->
                          roomy.apply(
                              update(BOB, "call" + index, 1, contact(uri(index), HOUR)), NOW))
              .collect(ImmutableList.toImmutableList());
      for (Future<RegistrationResult> result : threads.invokeAll(updates)) {
        assertThat(result.get()).isInstanceOf(Accepted.class);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(roomy.lookup(BOB, NOW)).hasSize(100);
  }

  @Test
  void limitsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistrarLimits(HOUR.plus(MINUTE), HOUR.multipliedBy(2), HOUR, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistrarLimits(HOUR, MINUTE, HOUR, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistrarLimits(MINUTE, HOUR, MINUTE, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistrarLimits(MINUTE, HOUR, HOUR, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new AddressOfRecord(""));
  }

  private RegistrationResult register(String callId, long cseq, Contact... contacts) {
    return registrar.apply(update(BOB, callId, cseq, contacts), NOW);
  }

  private RegistrationResult removeAll(String callId, long cseq) {
    return registrar.apply(
        new RegistrationUpdate(BOB, FLOW, callId, cseq, "Phone/1", new Change.RemoveAll()), NOW);
  }

  private Binding onlyBinding() {
    ImmutableList<Binding> bindings = registrar.lookup(BOB, NOW);
    assertThat(bindings).hasSize(1);
    return bindings.get(0);
  }

  private static RegistrationUpdate update(
      AddressOfRecord user, String callId, long cseq, Contact... contacts) {
    return new RegistrationUpdate(
        user, FLOW, callId, cseq, "Phone/1", new Change.Update(ImmutableList.copyOf(contacts)));
  }

  private static Contact contact(String uri, @Nullable Duration expires) {
    return contact(uri, expires, 1f);
  }

  private static Contact contact(String uri, @Nullable Duration expires, float q) {
    return new Contact(uri, expires, q);
  }

  private static Contact phone(String uri, Duration expires, String instance) {
    return new Contact(uri, expires, 1f, instance);
  }

  private static String uri(int number) {
    return "sip:bob@192.0.2." + number;
  }
}
