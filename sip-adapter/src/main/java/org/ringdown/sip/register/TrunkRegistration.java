package org.ringdown.sip.register;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.transaction.Alarms;
import org.ringdown.sip.transaction.Mailbox;
import org.ringdown.sip.transaction.RequestSeries;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an address of ours registered at somebody else's registrar (RFC 3261 section 10.2): asks
 * again when nine tenths of what was granted are over, takes a longer time where the registrar
 * wants it (423), and after a failure tries again, later each time, until {@link #end}. Safe from
 * any thread.
 */
public final class TrunkRegistration {
  private static final Logger LOG = LoggerFactory.getLogger(TrunkRegistration.class);
  private static final int FIRST_WAIT_T1 = 4;
  private static final int LONGEST_WAIT_T1 = 120;
  private static final Duration LONGEST_EXPIRES = Duration.ofDays(7);
  private static final Duration SHORTEST_REFRESH = Duration.ofMillis(900);

  /**
   * What to register, and where.
   *
   * @param user the user part of the address
   * @param domain the host part of the address, which is the Request-URI too
   * @param server where the registrar is, asked before each request
   * @param credentials what to answer its challenge with
   * @param expires how long to ask for
   * @param way what is special about the way there
   */
  public record Account(
      String user,
      String domain,
      Supplier<Destination> server,
      SipCredentials credentials,
      Duration expires,
      Way way) {}

  /** How a registration stands. */
  public sealed interface State {
    /** Registered for so long, if nothing refreshes it. */
    record Registered(Duration granted) implements State {}

    /**
     * Not registered, because of this; to be tried again after a while.
     *
     * @param retryAfter how long the server wants to be left alone; zero if it does not say
     */
    record Failed(SipStatus status, Duration retryIn, Duration retryAfter) implements State {}
  }

  private final Account account;
  private final Consumer<State> listener;
  private final Wiring wiring;
  private final Mailbox mailbox;
  private final RequestSeries requests;
  private final Backoff backoff;
  private final String line;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Duration expires;
  private boolean registered;
  private boolean ending;
  private Alarms.Alarm next = Alarms.NONE;

  /** One that is begun by {@link #start}. */
  public TrunkRegistration(Account account, Consumer<State> listener, Wiring wiring) {
    this.account = account;
    this.listener = listener;
    this.wiring = wiring;
    this.expires = account.expires();
    this.line = wiring.messages().token();
    this.mailbox = wiring.mailbox();
    NameAddress self =
        new NameAddress("", "sip:" + Uris.escapeUser(account.user()) + "@" + account.domain());
    this.requests =
        new RequestSeries(
            new RequestSeries.Head(
                Request.REGISTER,
                "sip:" + account.domain(),
                self,
                self,
                account.server(),
                account.way().patience()),
            account.credentials(),
            wiring,
            mailbox);
    Duration t1 = wiring.timers().t1();
    this.backoff =
        new Backoff(
            t1.multipliedBy(FIRST_WAIT_T1),
            t1.multipliedBy(LONGEST_WAIT_T1),
            () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * The value of the parameter {@code line} in the Contact we register: random text by which a
   * request to that Contact is known to come from the registrar.
   */
  public String line() {
    return line;
  }

  /** Begins; to be called once. */
  public void start() {
    mailbox.post(this::register);
  }

  /** Registers anew at once, without waiting until it would be time: the server is another now. */
  public void renew() {
    mailbox.post(this::register);
  }

  /**
   * Takes the registration back. The result completes when the registrar has answered; what was
   * never registered is over at once.
   */
  public CompletableFuture<Void> end() {
    mailbox.post(
        () -> {
          if (ending) {
            return;
          }
          ending = true;
          if (registered) {
            send(Duration.ZERO, new Farewell());
          } else {
            ended.complete(null);
          }
        });
    return ended;
  }

  private void register() {
    next.cancel();
    if (!ending) {
      send(expires, new Answer());
    }
  }

  private void send(Duration howLong, RequestSeries.Outcome outcome) {
    requests.send(
        (request, local) -> {
          wiring.messages().contact(request, local.contactUri(account.user()) + ";line=" + line);
          wiring.messages().setParsed(request, "Expires", Long.toString(howLong.toSeconds()));
          wiring.messages().route(request, account.way().route());
        },
        outcome);
  }

  private void again(Duration wait) {
    next.cancel();
    next = wiring.alarms().in(wait, () -> mailbox.post(this::register));
  }

  private final class Answer implements RequestSeries.Outcome {
    @Override
    public void onFinal(Response response) {
      int code = response.getStatusCode();
      if (code < 300) {
        onGranted(granted(response));
      } else if (code == Response.INTERVAL_TOO_BRIEF) {
        onTooBrief(response);
      } else {
        String objection = requests.objection();
        SipStatus heard = Reasons.ofResponse(code, response);
        failed(
            objection.isEmpty() ? heard : heard.because(objection), Requests.retryAfter(response));
      }
    }

    @Override
    public void onFailure(SipStatus status) {
      failed(status, Duration.ZERO);
    }
  }

  private void onGranted(Duration granted) {
    if (granted.isZero()) {
      failed(new SipStatus(500, "", 0, "the registrar grants no time"), Duration.ZERO);
      return;
    }
    backoff.reset();
    registered = true;
    Duration refresh = granted.multipliedBy(9).dividedBy(10);
    again(refresh.compareTo(SHORTEST_REFRESH) < 0 ? SHORTEST_REFRESH : refresh);
    tell(new State.Registered(granted));
  }

  /** RFC 3261 section 10.2.8: again with what the registrar wants at least. */
  private void onTooBrief(Response response) {
    Duration wanted = Requests.seconds(response, "Min-Expires");
    if (wanted.compareTo(expires) > 0 && wanted.compareTo(LONGEST_EXPIRES) <= 0) {
      expires = wanted;
      register();
    } else {
      String text = "the registrar refuses every time that is asked for";
      failed(Reasons.ofResponse(423, response).because(text), Duration.ZERO);
    }
  }

  private void failed(SipStatus status, Duration retryAfter) {
    Duration wait = isForAPerson(status) ? backoff.atMost() : backoff.next();
    Duration longer = wait.compareTo(retryAfter) < 0 ? retryAfter : wait;
    again(longer);
    tell(new State.Failed(status, longer, retryAfter));
  }

  /** A wrong password stays wrong, and too many of them lock an account. */
  private static boolean isForAPerson(SipStatus status) {
    return switch (status.code()) {
      case 401, 403, 404, 407 -> true;
      default -> false;
    };
  }

  private void tell(State state) {
    LOG.debug("registration {}", state);
    if (!ending) {
      listener.accept(state);
    }
  }

  /** What our own Contact was granted (RFC 3261 section 10.2.4). */
  private Duration granted(Response response) {
    Bindings bindings = Bindings.in(response);
    List<RegisterRequest.Contact> contacts = bindings == null ? List.of() : bindings.contacts();
    return contacts.stream()
        .filter(contact -> contacts.size() == 1 || contact.uri().contains("line=" + line))
        .map(RegisterRequest.Contact::expires)
        .filter(time -> time != null)
        .findFirst()
        .orElse(expires);
  }

  private final class Farewell implements RequestSeries.Outcome {
    @Override
    public void onFinal(Response response) {
      ended.complete(null);
    }

    @Override
    public void onFailure(SipStatus status) {
      ended.complete(null);
    }
  }
}
