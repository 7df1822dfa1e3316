package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.leg.Arrival;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.text.OutgoingText;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.Way;

/** One PBX or carrier, at one or more servers. Safe from any thread. */
public final class TrunkLink {
  private static final Pattern LINE = Pattern.compile("(?i);line=([0-9a-f]+)");

  private final String name;
  private final Trunk trunk;
  private final TrunkWatch watch;
  private final CallLoad load;
  private volatile @Nullable SipEndpoint sip;

  TrunkLink(String name, Trunk trunk, SipLocator locator, @Nullable TlsPeer tls, Clock clock) {
    this(
        name,
        trunk,
        new TrunkWatch(name, trunk, locator, tls, clock),
        new CallLoad(trunk.policy().limits(), clock),
        null);
  }

  private TrunkLink(
      String name, Trunk trunk, TrunkWatch watch, CallLoad load, @Nullable SipEndpoint sip) {
    this.name = name;
    this.trunk = trunk;
    this.watch = watch;
    this.load = load;
    this.sip = sip;
  }

  /** The same place under other rules: stays registered, and its calls still count. */
  TrunkLink under(Trunk rules) {
    load.limit(rules.policy().limits());
    return new TrunkLink(name, rules, watch, load, sip);
  }

  /** Whether that link is the same place, perhaps under other rules. */
  boolean isWatchedAs(TrunkLink other) {
    return watch == other.watch;
  }

  /** The trunk as it is configured. */
  Trunk trunk() {
    return trunk;
  }

  /** Its name in the configuration. */
  public String name() {
    return name;
  }

  /** What a user dials to test the line; empty if there is no such number. */
  public Optional<String> testNumber() {
    return Optional.ofNullable(trunk.policy().numbers().test());
  }

  /** What it may have as media. */
  public MediaPolicy media() {
    return trunk.media();
  }

  /** Where its best server is; null as long as its name is not known to lead anywhere. */
  public @Nullable InetAddress address() {
    return watch
        .targets()
        .best()
        .map(target -> target.destination().address().getAddress())
        .orElse(null);
  }

  /** Begins to be watched, and to register when that which is to go before is done. */
  void start(SipEndpoint endpoint, CompletableFuture<Void> before) {
    sip = endpoint;
    watch.start(endpoint, before);
  }

  /** Looks the servers' names up again and asks whether they are there. */
  void check() {
    watch.check();
  }

  /** Why no call can go out over this trunk now, a sentence for a person; empty if one can. */
  public Optional<String> obstacle() {
    return watch.obstacle();
  }

  /**
   * How it stands, fit for pages: {@code name}, {@code state} and, if a server of it has answered
   * OPTIONS, how long the best one took, {@code optionsMs}.
   */
  public ImmutableMap<String, Object> standing() {
    return watch.standing();
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

  /** Who calls the target of a transfer that is behind this trunk, too. */
  public TrunkPolicy.Transfer transfer() {
    return trunk.policy().handling().transfer();
  }

  /**
   * The URI of a number there, as the trunk itself knows it.
   *
   * @param number as a route to a trunk has it
   */
  public String uriOf(String number) {
    return trunk.server().uriOf(escaped(trunk.policy().numbers().dialledOut().apply(number)));
  }

  /** Whether calls over this trunk ask for an offer in place of making one. */
  public boolean asksForOffer() {
    return trunk.policy().handling().offer() == TrunkPolicy.Offer.LATE;
  }

  /** What becomes of the trunk's sound before the answer. */
  public EarlyMedia earlyMedia() {
    return trunk.policy().handling().earlyMedia();
  }

  /**
   * Calls a number over this trunk: at the best server that takes calls, and at the next one if it
   * gives no sign of life, cannot be reached or is out of service. A challenge is answered with the
   * trunk's account. To be called only without an {@link #obstacle}; a call without a server ends
   * as unreachable.
   *
   * @param number as a route to a trunk has it
   * @param call what may be told of the call
   * @param sdp the offer; null to ask for one
   */
  public SipLeg dial(
      String number, OutgoingCall call, @Nullable String sdp, SipLeg.Listener listener) {
    String dialled = trunk.policy().numbers().dialledOut().apply(number);
    Outgoing tries = new Outgoing(escaped(dialled), new TrunkInvite(trunk, call), sdp);
    TrunkCall search = new TrunkCall(watch.targets().usable(), tries, listener);
    search.start();
    return search;
  }

  /**
   * Sends a text to a number over this trunk, at one server after the other as calls are.
   *
   * @param sender who writes
   * @param result gets the final response, or 503 with the reason why none is to be had; once
   */
  public void text(String number, Caller sender, String text, Consumer<SipStatus> result) {
    String user = escaped(trunk.policy().numbers().dialledOut().apply(number));
    OutgoingCall told = new OutgoingCall(sender, ImmutableList.of(), ImmutableMap.of());
    TrunkInvite words = new TrunkInvite(trunk, told);
    String callee = "sip:" + user + "@" + trunk.server().host();
    SipEndpoint endpoint = Optional.ofNullable(sip).orElseThrow();
    TrunkText.Sending at =
        (target, isLast, answer) ->
            endpoint.text(
                new OutgoingText(
                    target.server().uriOf(user),
                    target.destination(),
                    words.from(),
                    new NameAddress("", callee),
                    text,
                    terms(words.headers(callee), isLast)),
                answer);
    new TrunkText(watch, at, result).send();
  }

  /** The last server may take its time: it may be waiting for a phone. */
  private OutgoingText.Terms terms(ImmutableMap<String, String> headers, boolean isLast) {
    Account account = trunk.account();
    Way way = watch.way();
    return new OutgoingText.Terms(
        headers,
        account == null ? null : TrunkWatch.credentials(account),
        isLast ? new Way(null, way.route()) : way);
  }

  /** A call on its way to one server after the other. */
  private final class Outgoing implements TrunkCall.Dialling {
    private final String user;
    private final TrunkInvite invite;
    private final @Nullable String sdp;

    Outgoing(String user, TrunkInvite invite, @Nullable String sdp) {
      this.user = user;
      this.invite = invite;
      this.sdp = sdp;
    }

    @Override
    public SipLeg dial(Target target, @Nullable String callId, SipLeg.Listener listener) {
      Destination hop = target.destination();
      String callee = "sip:" + user + "@" + trunk.server().host();
      Dial dial =
          new Dial(
                  target.server().uriOf(user),
                  hop.address(),
                  hop.transport(),
                  invite.from(),
                  new NameAddress("", callee),
                  sdp,
                  invite.headers(callee))
              .with(sdp == null ? dialogsOfAsking() : dialogs())
              .by(hop)
              .within(invite.call().hops())
              .as(new Dial.Attempt(callId, watch.way()));
      Account account = trunk.account();
      SipEndpoint endpoint = Optional.ofNullable(sip).orElseThrow();
      return endpoint.dial(
          account == null ? dial : dial.with(TrunkWatch.credentials(account)), listener);
    }

    @Override
    public void heard(Target target) {
      watch.heard(target);
    }

    @Override
    public void ended(Target target, SipEnd end) {
      watch.callEnded(target, end);
    }
  }

  /** Of all that a number may hold, a URI wants only this escaped (RFC 3261 section 25.1). */
  private static String escaped(String number) {
    return number.replace("#", "%23");
  }

  /** Whether a call came to the Contact that only this trunk's registrar was told. */
  boolean wasTold(Arrival request) {
    Matcher line = LINE.matcher(request.requestUri());
    return line.find()
        && watch.hasToldLine(line.group(1))
        && (!trunk.tls().requireCertificate() || watch.targets().proved(request.certificates()));
  }

  /**
   * Whether a call is of this trunk: its sender has proved to be one of its servers by TLS (RFC
   * 5922), or, unless that is required, it came from where this trunk's calls come from.
   */
  boolean sent(Arrival request) {
    return watch.targets().proved(request.certificates())
        || (!trunk.tls().requireCertificate() && cameFromThere(request));
  }

  /** Whether messages of this trunk come from there, or may. */
  boolean isAt(InetAddress address) {
    return watch.targets().areAt(address)
        || trunk.sources().stream().anyMatch(range -> range.contains(address));
  }

  private boolean cameFromThere(Arrival request) {
    return watch.targets().sent(new Destination(request.source(), request.transport()))
        || trunk.sources().stream()
            .anyMatch(range -> range.contains(request.source().getAddress()));
  }

  /**
   * What a call from this trunk wants: the Request-URI, or To where the registrar has put our own
   * Contact into the Request-URI (RFC 3261 section 16.5).
   */
  public String dialled(Arrival request) {
    Account account = trunk.account();
    boolean contact = account != null && request.requestUser().equals(account.user());
    String dialled =
        contact && CallerId.user(request.to().uri()).isPresent()
            ? request.to().uri()
            : request.requestUri();
    Rewriting here = trunk.policy().numbers().dialledIn();
    return here.rules().isEmpty()
        ? dialled
        : Router.numberOf(dialled).map(here::apply).orElse(dialled);
  }

  /** Who calls, at the trunk's host: a caller from outside cannot take the name of a user here. */
  public Caller caller(Arrival request) {
    TrunkPolicy policy = trunk.policy();
    return CallerId.of(
        request, trunk.server().host(), policy.callerId().trust(), policy.numbers().callerIn());
  }

  /** How a call from this trunk was forwarded before, as far as the trunk's policy wants it. */
  public ImmutableList<Diversion> diversions(Invite invite) {
    return Diversion.in(invite, trunk.policy().callerId().forwarded());
  }

  /**
   * An offer that comes before the answer has to be heard: where it is not, there is to be none.
   */
  private DialogPolicy dialogsOfAsking() {
    DialogPolicy usual = dialogs();
    return earlyMedia() == EarlyMedia.PASS
        ? usual
        : new DialogPolicy(DialogPolicy.Prack.OFF, usual.timer());
  }

  /** Which extensions of SIP its calls use. */
  public DialogPolicy dialogs() {
    return trunk.policy().dialogs();
  }

  /** Which header fields pass from and to this trunk. */
  public HeaderPolicy headers() {
    return trunk.policy().headers();
  }

  int calls() {
    return load.calls();
  }

  long refusedByLimit() {
    return load.refused();
  }

  CompletableFuture<Void> end() {
    return watch.end();
  }

  ImmutableMap<String, Object> view() {
    return ImmutableMap.<String, Object>builder()
        .putAll(watch.view())
        .put("calls", load.calls())
        .put("refusedByLimit", load.refused())
        .buildOrThrow();
  }
}
