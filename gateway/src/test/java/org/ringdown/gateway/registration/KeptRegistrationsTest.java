package org.ringdown.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.ringdown.gateway.routing.registrar.RegistrarLimits;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate;
import org.ringdown.gateway.routing.registrar.RegistrationUpdate.Change;
import org.slf4j.LoggerFactory;

class KeptRegistrationsTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(10);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final AddressOfRecord BOB = new AddressOfRecord("bob");
  private static final AddressOfRecord CAROL = new AddressOfRecord("carol");

  private final Logger log = (Logger) LoggerFactory.getLogger(KeptRegistrations.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Registrar registrar = registrar();

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void listenToTheLog() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void leaveTheLog() {
    log.detachAppender(logged);
  }

  @Test
  void theNextRegistrarHasTheBindingsThatStillHold() {
    try (KeptRegistrations kept = kept(registrar, NEVER)) {
      register(registrar, BOB, "sip:bob@192.0.2.1:5062;ob", HOUR);
      register(registrar, CAROL, "sip:carol@[2001:db8::1]", MINUTE.multipliedBy(2));
      assertThat(kept).isNotNull();
    }

    Registrar next = registrar();
    kept(next, NEVER, NOW.plus(MINUTE.multipliedBy(3))).close();

    Instant then = NOW.plus(MINUTE.multipliedBy(3));
    assertThat(next.all(then)).isEqualTo(registrar.lookup(BOB, NOW));
    assertThat(messages(Level.INFO))
        .containsExactly("1 registrations of before hold; from " + file());
  }

  @Test
  void aRegistrationIsInTheFileSoonAfter() {
    try (KeptRegistrations kept = kept(registrar, SOON)) {
      register(registrar, BOB, "sip:bob@192.0.2.1", HOUR);

      await()
          .untilAsserted(() -> assertThat(contactsInFile()).containsExactly("sip:bob@192.0.2.1"));

      registrar.forget(BOB);
      await().untilAsserted(() -> assertThat(contactsInFile()).isEmpty());
      assertThat(kept).isNotNull();
    }
  }

  @Test
  void onlyItsOwnerReadsTheFile() throws Exception {
    kept(registrar, NEVER).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(directory.resolve("state")).isDirectoryContaining(file()::equals);
    try (var files = Files.list(directory.resolve("state"))) {
      assertThat(files).hasSize(1);
    }
  }

  /** The registrar's clock goes by itself; that of the wall may have been set. */
  @Test
  void timesInTheFileAreThoseOfTheWall() throws Exception {
    Instant wall = NOW.plus(HOUR.multipliedBy(5));
    KeptRegistrations.Clocks clocks = new KeptRegistrations.Clocks(at(NOW), at(wall));
    try (KeptRegistrations kept =
        KeptRegistrations.begin(file(), registrar, user -> true, clocks, NEVER)) {
      register(registrar, BOB, "sip:bob@192.0.2.1", HOUR);
      assertThat(kept).isNotNull();
    }

    assertThat(new RegistrationFile(file()).read().bindings())
        .extracting(Binding::expiry)
        .containsExactly(wall.plus(HOUR));
  }

  @Test
  void whoIsNoUserAnyMoreIsForgotten() {
    register(registrar, BOB, "sip:bob@192.0.2.1", HOUR);
    kept(registrar, NEVER).close();
    Registrar next = registrar();

    KeptRegistrations.begin(file(), next, user -> false, clocks(NOW), NEVER).close();

    assertThat(next.all(NOW)).isEmpty();
  }

  @Test
  void aBrokenFileIsAWarningAndIsWrittenAnew() throws Exception {
    for (String broken : ImmutableList.of("", "{\"version\": 1, ", "[]", "{\"version\": 2}")) {
      logged.list.clear();
      Files.createDirectories(directory.resolve("state"));
      Files.writeString(file(), broken);
      kept(registrar, NEVER).close();

      assertThat(messages(Level.WARN))
          .as(broken)
          .singleElement()
          .asString()
          .startsWith("the registrations of before are lost, ")
          .contains(file() + ": java.io.IOException: it is not what");
      assertThat(contactsInFile()).isEmpty();
    }
  }

  @Test
  void whatCannotBeReadIsLeftOutAndCounted() throws Exception {
    register(registrar, BOB, "sip:bob@192.0.2.1", HOUR);
    kept(registrar, NEVER).close();
    String good = Files.readString(file());
    String entry = good.substring(good.indexOf('[') + 1, good.lastIndexOf(']'));
    for (String change :
        ImmutableList.of(
            "\"udp\" \"dtls\"",
            "\"192.0.2.9\" \"phone.example\"",
            "5062 99999",
            "\"expires\":\"2025 \"expires\":\"yesterday",
            "\"cseq\":7 \"cseq\":\"x\"",
            "\"user\":\"bob\" \"user\":\"\"",
            "\"contact\" \"kontakt\"")) {
      String[] words = change.split(" ");
      assertThat(entry).contains(words[0]);
      Files.writeString(
          file(), good.replace(entry, entry + "," + entry.replace(words[0], words[1]) + ",null"));
      logged.list.clear();
      Registrar next = registrar();
      kept(next, NEVER).close();

      assertThat(next.all(NOW)).as(change).hasSize(1);
      assertThat(messages(Level.WARN))
          .containsExactly(file() + ": 2 registrations in it cannot be read");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsOneWarning() throws Exception {
    Files.writeString(directory.resolve("state"), "a file where a directory should be");
    try (KeptRegistrations kept = kept(registrar, SOON)) {
      await().until(() -> messages(Level.WARN).size() == 2);
      register(registrar, BOB, "sip:bob@192.0.2.1", HOUR);
      assertThat(kept).isNotNull();
    }

    assertThat(messages(Level.WARN).get(1))
        .startsWith("registrations are not kept, a restart would forget them: " + file());
    assertThat(messages(Level.WARN)).hasSize(2);
    assertThat(registrar.lookup(BOB, NOW)).hasSize(1);
  }

  private Path file() {
    return directory.resolve("state").resolve("registrations.json").toAbsolutePath();
  }

  private KeptRegistrations kept(Registrar of, Duration pause) {
    return kept(of, pause, NOW);
  }

  private KeptRegistrations kept(Registrar of, Duration pause, Instant now) {
    return KeptRegistrations.begin(file(), of, user -> true, clocks(now), pause);
  }

  private static KeptRegistrations.Clocks clocks(Instant now) {
    return new KeptRegistrations.Clocks(at(now), at(now));
  }

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  private ImmutableList<String> contactsInFile() throws IOException {
    return new RegistrationFile(file())
        .read().bindings().stream().map(Binding::contact).collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<String> messages(Level level) {
    return ImmutableList.copyOf(logged.list).stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .collect(ImmutableList.toImmutableList());
  }

  private static Registrar registrar() {
    return new Registrar(new RegistrarLimits(MINUTE, HOUR, HOUR, 3));
  }

  private static void register(
      Registrar registrar, AddressOfRecord user, String contact, Duration expires) {
    var unused =
        registrar.apply(
            new RegistrationUpdate(
                user,
                new Binding.Flow(
                    new InetSocketAddress(InetAddresses.forString("192.0.2.9"), 5062), "UDP"),
                "call",
                7,
                "Phone/1",
                new Change.Update(
                    ImmutableList.of(
                        new RegistrationUpdate.Contact(
                            contact, expires, 0.5f, "+sip.instance=\"<urn:x>\";reg-id=1")))),
            NOW);
  }
}
