package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.sip.auth.DigestAlgorithm;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.register.TrunkRegistration;
import org.ringdown.sip.register.TrunkRegistration.State;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.transport.Way;
import org.ringdown.sip.wire.SipText;

/** What goes to a registrar, message by message. */
@TestInstance(Lifecycle.PER_CLASS)
class TrunkRegistrationTest {
  private static final Duration BRIEF = Duration.ofMillis(300);

  private final Challenger md5 = new Challenger(DigestAlgorithm.MD5);
  private final BlockingQueue<State> states = new LinkedBlockingQueue<>();
  private TestGateway gateway;
  private SipPeer pbx;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @BeforeEach
  void openPbx() throws IOException {
    pbx = SipPeer.over(gateway.udp());
    states.clear();
  }

  @AfterEach
  void closePbx() throws IOException {
    pbx.close();
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void registersWithCredentials(DigestAlgorithm algorithm) throws Exception {
    Challenger server = new Challenger(algorithm);
    TrunkRegistration registration = register(Challenger.RIGHT);
    pbx.play("G: REGISTER | Authorization: - | Expires: 60 | CSeq: 1 REGISTER");
    SipText first = pbx.last();
    assertThat(first.startLine()).isEqualTo("REGISTER sip:pbx.example SIP/2.0");
    assertThat(first.header("To")).isEqualTo("<sip:gw@pbx.example>");
    assertThat(first.header("From")).startsWith("<sip:gw@pbx.example>;tag=");
    assertThat(first.contactUri())
        .matches("sip:gw@127\\.0\\.0\\.1:\\d+;line=" + registration.line());

    pbx.play("P: 401 REGISTER | " + server.ofServer() + "\nG: REGISTER | CSeq: 2 REGISTER");
    assertThat(server.accepts(pbx.last(), "Authorization")).isTrue();
    assertThat(pbx.last().header("Call-ID")).isEqualTo(first.header("Call-ID"));

    pbx.play("P: 200 REGISTER | Contact: - | Expires: 60");
    assertThat(next()).isEqualTo(new State.Registered(Duration.ofSeconds(60)));
    takeBack(registration);
  }

  @Test
  void refreshesBeforeTheTimeIsOver() throws Exception {
    TrunkRegistration registration = register(Challenger.RIGHT);
    pbx.play("G: REGISTER\nP: 401 REGISTER | " + md5.ofServer() + "\nG: REGISTER");
    String contact = "Contact: <" + pbx.last().contactUri() + ">;expires=1";
    pbx.play("P: 200 REGISTER | " + contact);
    assertThat(next()).isEqualTo(new State.Registered(Duration.ofSeconds(1)));

    pbx.play("G: REGISTER | CSeq: 3 REGISTER");
    assertThat(md5.accepts(pbx.last(), "Authorization")).isTrue();
    pbx.play("P: 200 REGISTER | Contact: - | Expires: 60");
    assertThat(next()).isEqualTo(new State.Registered(Duration.ofSeconds(60)));
    takeBack(registration);
  }

  @Test
  void findsItsOwnContactAmongOthers() throws Exception {
    TrunkRegistration registration = register(Challenger.RIGHT);
    pbx.play("G: REGISTER");
    String own = "<" + pbx.last().contactUri() + ">;expires=45";
    pbx.play("P: 200 REGISTER | Contact: <sip:gw@192.0.2.1>;expires=9, " + own);
    assertThat(next()).isEqualTo(new State.Registered(Duration.ofSeconds(45)));
    takeBack(registration);
  }

  @Test
  void asksForALongerTimeWhereTheRegistrarWantsIt() throws Exception {
    TrunkRegistration registration = register(Challenger.RIGHT);
    pbx.play("G: REGISTER | Expires: 60\nP: 423 REGISTER | Min-Expires: 120");
    pbx.play("G: REGISTER | Expires: 120\nP: 200 REGISTER | Contact: -");
    assertThat(next()).isEqualTo(new State.Registered(Duration.ofSeconds(120)));
    takeBack(registration);
  }

  @Test
  void doesNotGoRoundWithARegistrarThatIsNeverContent() throws Exception {
    TrunkRegistration registration = register(Challenger.RIGHT);
    pbx.play("G: REGISTER\nP: 423 REGISTER | Min-Expires: 10");
    assertThat(failure().status().code()).isEqualTo(423);
    end(registration);
  }

  @Test
  void saysThatThePasswordIsWrongAndWaitsLong() throws Exception {
    TrunkRegistration registration = register(Challenger.WRONG);
    pbx.play("G: REGISTER\nP: 401 REGISTER | " + md5.ofServer());
    pbx.play("G: REGISTER\nP: 401 REGISTER | " + md5.ofServer());
    State.Failed failed = failure();
    assertThat(failed.status().code()).isEqualTo(401);
    assertThat(failed.status().explanation())
        .isEqualTo("the server refuses the user name or the password");
    assertThat(failed.retryIn()).isBetween(Duration.ofMillis(1200), Duration.ofMillis(2400));
    end(registration);
  }

  @Test
  void triesAgainAfterAFailure() throws Exception {
    TrunkRegistration registration = register(Challenger.RIGHT);
    pbx.play("G: REGISTER\nP: 500 REGISTER");
    assertThat(failure().retryIn()).isBetween(Duration.ofMillis(40), Duration.ofMillis(80));
    pbx.play("G: REGISTER\nP: 500 REGISTER");
    assertThat(failure().retryIn()).isBetween(Duration.ofMillis(80), Duration.ofMillis(160));
    pbx.play("G: REGISTER\nP: 200 REGISTER | Contact: -");
    assertThat(next()).isInstanceOf(State.Registered.class);
    takeBack(registration);
  }

  @Test
  void comesBackNoEarlierThanItIsAskedTo() throws Exception {
    TrunkRegistration registration = register(Challenger.RIGHT);
    pbx.play("G: REGISTER\nP: 503 REGISTER | Retry-After: 120 (maintenance)");
    assertThat(failure().retryIn()).isEqualTo(Duration.ofSeconds(120));
    end(registration);
  }

  @Test
  void noticesThatNobodyAnswers() throws Exception {
    TrunkRegistration registration = register(Challenger.RIGHT);
    pbx.play("G: REGISTER\nG: REGISTER again");
    State.Failed failed = failure();
    assertThat(failed.status().code()).isEqualTo(408);
    assertThat(failed.status().explanation()).isEqualTo("the server does not answer");
    end(registration);
  }

  @Test
  void noticesThatTheServersNameHasNoAddress() throws Exception {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("pbx.invalid", 5060);
    TrunkRegistration registration = register(Challenger.RIGHT, nowhere);
    assertThat(failure().status().explanation()).isEqualTo("the name of the server has no address");
    end(registration);
  }

  @Test
  void goesOnAtAnotherServerWhenItIsToldTo() throws Exception {
    AtomicReference<Destination> server = new AtomicReference<>(udp(pbx));
    TrunkRegistration registration =
        register(Challenger.RIGHT, server::get, new Way(BRIEF, "sip:proxy.example"));
    pbx.play("G: REGISTER | Route: <sip:proxy.example;lr>");
    assertThat(failure().status().code()).isEqualTo(408);
    try (SipPeer second = SipPeer.over(gateway.udp())) {
      server.set(udp(second));
      registration.renew();
      second.play("G: REGISTER | CSeq: 2 REGISTER\nP: 401 REGISTER | " + md5.ofServer());
      second.play("G: REGISTER\nP: 200 REGISTER | Contact: -");
      assertThat(next()).isInstanceOf(State.Registered.class);
      second.play("G: nothing");
      CompletableFuture<Void> ended = registration.end();
      second.play("G: REGISTER | Expires: 0\nP: 200 REGISTER | Contact: -");
      ended.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void asksAServerWhetherItIsThere() throws Exception {
    CompletableFuture<OptionsAnswer> result = options();
    pbx.play("G: OPTIONS | CSeq: 1 OPTIONS | Max-Forwards: 70\nP: 200 OPTIONS");
    assertThat(result.get(20, TimeUnit.SECONDS).status().code()).isEqualTo(200);
  }

  @Test
  void tellsTheAnswerOfAServerThatDoesNotLikeOptions() throws Exception {
    CompletableFuture<OptionsAnswer> result = options();
    pbx.play("G: OPTIONS\nP: 401 OPTIONS | " + md5.ofServer() + "\nG: nothing");
    assertThat(result.get(20, TimeUnit.SECONDS).status().code()).isEqualTo(401);
  }

  @Test
  void tellsHowLongAServerWantsToBeLeftAlone() throws Exception {
    CompletableFuture<OptionsAnswer> result = options();
    pbx.play("G: OPTIONS\nP: 503 OPTIONS | Retry-After: 7");
    assertThat(result.get(20, TimeUnit.SECONDS).status().code()).isEqualTo(503);
    assertThat(result.get(20, TimeUnit.SECONDS).retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void waitsForAnAnswerToOptionsOnlyAWhile() throws Exception {
    CompletableFuture<OptionsAnswer> result = options();
    pbx.play("G: OPTIONS");
    assertThat(result.get(20, TimeUnit.SECONDS).status().code()).isEqualTo(408);
  }

  private TrunkRegistration register(SipCredentials credentials) {
    return register(credentials, pbx.wire().local());
  }

  private TrunkRegistration register(SipCredentials credentials, InetSocketAddress server) {
    Destination destination = new Destination(server, SipTransport.UDP);
    return register(credentials, () -> destination, Way.USUAL);
  }

  private TrunkRegistration register(
      SipCredentials credentials, Supplier<Destination> server, Way way) {
    return gateway
        .endpoint()
        .register(
            new TrunkRegistration.Account(
                "gw", "pbx.example", server, credentials, Duration.ofSeconds(60), way),
            states::add);
  }

  private static Destination udp(SipPeer peer) {
    return new Destination(peer.wire().local(), SipTransport.UDP);
  }

  private CompletableFuture<OptionsAnswer> options() {
    CompletableFuture<OptionsAnswer> result = new CompletableFuture<>();
    gateway.endpoint().options("sip:pbx.example", udp(pbx), new Way(BRIEF, null), result::complete);
    return result;
  }

  private State next() throws InterruptedException {
    State state = states.poll(20, TimeUnit.SECONDS);
    assertThat(state).as("a state was told").isNotNull();
    return state;
  }

  private State.Failed failure() throws InterruptedException {
    return (State.Failed) next();
  }

  /** Ends what is registered, which the registrar must be told. */
  private void takeBack(TrunkRegistration registration) throws Exception {
    CompletableFuture<Void> ended = registration.end();
    pbx.play("G: REGISTER | Expires: 0");
    assertThat(pbx.last().contactUri()).contains(";line=" + registration.line());
    assertThat(ended).isNotDone();
    pbx.play("P: 200 REGISTER | Contact: -");
    ended.get(20, TimeUnit.SECONDS);
    assertThat(states).isEmpty();
  }

  /** Ends what is not registered: no need to wait for anybody. */
  private static void end(TrunkRegistration registration) throws Exception {
    registration.end().get(20, TimeUnit.SECONDS);
  }
}
