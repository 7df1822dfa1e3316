package org.ringdown.gateway.trunk;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.Trunk.Account;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.config.TrunkPolicy.EarlyMedia;
import org.ringdown.gateway.routing.Rewriting;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.trunk.TrunkHealth.Aspect;
import org.ringdown.gateway.trunk.TrunkHealth.State;
import org.ringdown.sip.Destination;
import org.ringdown.sip.Dial;
import org.ringdown.sip.DialogPolicy;
import org.ringdown.sip.Invite;
import org.ringdown.sip.NameAddress;
import org.ringdown.sip.SipCredentials;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.SipLeg;
import org.ringdown.sip.SipStatus;
import org.ringdown.sip.TrunkRegistration;

/** One PBX or carrier. Safe from any thread. */
public final class TrunkLink {
  private static final Pattern LINE = Pattern.compile("(?i);line=([0-9a-f]+)");

  private final String name;
  private final Trunk trunk;
  private final ServerAddress server;
  private final TrunkHealth health;
  private final CallLoad load;
  private volatile @Nullable SipEndpoint sip;
  private volatile @Nullable TrunkRegistration registration;

  TrunkLink(String name, Trunk trunk, Clock clock) {
    this.name = name;
    this.trunk = trunk;
    this.server = new ServerAddress(trunk.server());
    this.health = new TrunkHealth(name, clock);
    this.load = new CallLoad(trunk.policy().limits(), clock);
  }

  /** Its name in the configuration. */
  public String name() {
    return name;
  }

  /** What it may have as media. */
  public MediaPolicy media() {
    return trunk.media();
  }

  /** Where its server is; null as long as its name is not known to lead anywhere. */
  public @Nullable InetAddress address() {
    return server.destination().address().getAddress();
  }

  /** Begins to register and to be watched; may take seconds. */
  void start(SipEndpoint endpoint) {
    server.refresh();
    sip = endpoint;
    if (trunk.qualify() != null) {
      health.watch(Aspect.REACHABILITY);
    }
    Account account = trunk.account();
    if (trunk.kind() == Trunk.Kind.REGISTER && account != null) {
      health.watch(Aspect.REGISTRATION);
      registration = endpoint.register(toRegister(account), this::onRegistration);
    }
  }

  private TrunkRegistration.Account toRegister(Account account) {
    return new TrunkRegistration.Account(
        account.user(),
        trunk.server().host(),
        server::destination,
        credentials(account),
        trunk.expires());
  }

  private static SipCredentials credentials(Account account) {
    return new SipCredentials(account.user(), account.password().value(), account.realm());
  }

  private void onRegistration(TrunkRegistration.State state) {
    if (state instanceof TrunkRegistration.State.Failed failed) {
      health.trouble(Aspect.REGISTRATION, "registration failed: " + text(failed.status()));
    } else {
      health.well(Aspect.REGISTRATION);
    }
  }

  /** Looks the server's name up again and asks whether it is there; may take seconds. */
  void check() {
    server.refresh();
    SipEndpoint endpoint = sip;
    if (trunk.qualify() != null && endpoint != null) {
      endpoint.options(uri(""), server.destination(), this::onAnswer);
    }
  }

  /** Whatever a server answers, it is there, unless it says that it is out of service. */
  private void onAnswer(SipStatus status) {
    switch (status.code()) {
      case 408, 503, 504 -> health.trouble(Aspect.REACHABILITY, "no service: " + text(status));
      default -> health.well(Aspect.REACHABILITY);
    }
  }

  private static String text(SipStatus status) {
    String said = status.code() + " " + status.phrase();
    return status.explanation().isEmpty() ? said : said + " (" + status.explanation() + ")";
  }

  /** Why no call can go out over this trunk now, a sentence for a person; empty if one can. */
  public Optional<String> obstacle() {
    TrunkHealth.View view = health.view();
    return view.state() == State.DOWN
        ? Optional.of("The trunk " + name + " is down: " + view.reason() + ".")
        : Optional.empty();
  }

  /**
   * Room for one more call, from there or to there, until it is closed; empty if the trunk's limits
   * leave none, and then {@link #limit} says which.
   */
  public Optional<Place> room() {
    return load.take();
  }

  /** Why there is no room for a call, a sentence for a person. */
  public String limit() {
    return "The trunk " + name + " " + load.obstacle().orElse("is busy") + ".";
  }

  /** What becomes of the trunk's sound before the answer. */
  public EarlyMedia earlyMedia() {
    return trunk.policy().earlyMedia();
  }

  /**
   * Calls a number over this trunk; a challenge is answered with the trunk's account.
   *
   * @param number as a route to a trunk has it
   * @param call what may be told of the call
   */
  public SipLeg dial(String number, OutgoingCall call, String sdp, SipLeg.Listener listener) {
    Destination hop = server.destination();
    String dialled = trunk.policy().numbers().dialledOut().apply(number);
    String callee = "sip:" + escaped(dialled) + "@" + trunk.server().host();
    TrunkInvite invite = new TrunkInvite(trunk, call);
    Dial dial =
        new Dial(
                uri(dialled),
                hop.address(),
                hop.transport(),
                invite.from(),
                new NameAddress("", callee),
                sdp,
                invite.headers(callee))
            .with(dialogs());
    Account account = trunk.account();
    SipEndpoint endpoint = Optional.ofNullable(sip).orElseThrow();
    return endpoint.dial(account == null ? dial : dial.with(credentials(account)), listener);
  }

  private String uri(String number) {
    String user = number.isEmpty() ? "" : escaped(number) + "@";
    Trunk.Server to = trunk.server();
    return "sip:" + user + to.host() + ":" + to.port() + to.transport().uriParameter();
  }

  /** Of all that a number may hold, a URI wants only this escaped (RFC 3261 section 25.1). */
  private static String escaped(String number) {
    return number.replace("#", "%23");
  }

  /** Whether a call came to the Contact that only this trunk's registrar was told. */
  boolean wasTold(Invite invite) {
    TrunkRegistration ours = registration;
    Matcher line = LINE.matcher(invite.requestUri());
    return ours != null && line.find() && Ascii.equalsIgnoreCase(line.group(1), ours.line());
  }

  /** Whether a call came from where this trunk's calls come from. */
  boolean sent(Invite invite) {
    return server.sent(new Destination(invite.source(), invite.transport()))
        || trunk.sources().stream().anyMatch(range -> range.contains(invite.source().getAddress()));
  }

  /**
   * What a call from this trunk wants: the Request-URI, or To where the registrar has put our own
   * Contact into the Request-URI (RFC 3261 section 16.5).
   */
  public String dialled(Invite invite) {
    Account account = trunk.account();
    boolean contact = account != null && invite.requestUser().equals(account.user());
    String dialled =
        contact && CallerId.user(invite.to().uri()).isPresent()
            ? invite.to().uri()
            : invite.requestUri();
    Rewriting here = trunk.policy().numbers().dialledIn();
    return here.rules().isEmpty()
        ? dialled
        : Router.numberOf(dialled).map(here::apply).orElse(dialled);
  }

  /** Who calls, at the trunk's host: a caller from outside cannot take the name of a user here. */
  public Caller caller(Invite invite) {
    TrunkPolicy policy = trunk.policy();
    return CallerId.of(
        invite, trunk.server().host(), policy.callerId().trust(), policy.numbers().callerIn());
  }

  /** How a call from this trunk was forwarded before, as far as the trunk's policy wants it. */
  public ImmutableList<Diversion> diversions(Invite invite) {
    return Diversion.in(invite, trunk.policy().callerId().forwarded());
  }

  /** Which extensions of SIP its calls use. */
  public DialogPolicy dialogs() {
    return trunk.policy().dialogs();
  }

  /** Which header fields pass from and to this trunk. */
  public HeaderPolicy headers() {
    return trunk.policy().headers();
  }

  CompletableFuture<Void> end() {
    TrunkRegistration ours = registration;
    return ours == null ? CompletableFuture.completedFuture(null) : ours.end();
  }

  ImmutableMap<String, Object> view() {
    TrunkHealth.View view = health.view();
    return ImmutableMap.<String, Object>builder()
        .put("trunk", name)
        .put("kind", Ascii.toLowerCase(trunk.kind().name()))
        .put("server", uri(""))
        .put("state", Ascii.toLowerCase(view.state().name()))
        .put("reason", view.reason())
        .put("since", view.since().toString())
        .put("calls", load.calls())
        .put("refusedByLimit", load.refused())
        .buildOrThrow();
  }
}
