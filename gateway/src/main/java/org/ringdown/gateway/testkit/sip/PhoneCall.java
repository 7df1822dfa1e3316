package org.ringdown.gateway.testkit.sip;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.sip.message.Draft;
import org.ringdown.sip.wire.SipText;

/**
 * One INVITE and the dialog it makes (RFC 3261 section 12), seen from the phone. Guarded by its
 * phone.
 */
final class PhoneCall {
  /** Where it stands. */
  enum State {
    CALLING,
    INCOMING,
    ESTABLISHED,
    OVER
  }

  final String callId;
  final boolean caller;
  final PhoneMedia media;
  final @Nullable Incoming invite;
  State state;
  String branch = "";
  int inviteCseq;
  boolean offered;
  private String local;
  private String remote;
  private String target;
  private ImmutableList<String> routes = ImmutableList.of();
  private int cseq;
  private @Nullable String sessionSeconds;

  /** A request that came, and where from. */
  record Incoming(SipText message, InetSocketAddress from) {}

  private PhoneCall(String callId, PhoneMedia media, @Nullable Incoming invite, State state) {
    this.callId = callId;
    this.media = media;
    this.invite = invite;
    this.caller = invite == null;
    this.state = state;
    this.local = "";
    this.remote = "";
    this.target = "";
  }

  /** A call to somebody. */
  static PhoneCall to(String target, String from, PhoneMedia media) {
    PhoneCall call = new PhoneCall(UUID.randomUUID().toString(), media, null, State.CALLING);
    call.local = from + ";tag=" + newTag();
    call.remote = "<" + target + ">";
    call.target = target;
    return call;
  }

  /** A call that came. */
  static PhoneCall from(Incoming invite, PhoneMedia media) {
    SipText message = invite.message();
    PhoneCall call = new PhoneCall(message.header("Call-ID"), media, invite, State.INCOMING);
    call.local = message.header("To") + ";tag=" + newTag();
    call.remote = message.header("From");
    call.target = message.find("Contact").map(SipText::uri).orElse("sip:nowhere@invalid");
    call.routes = routes(message);
    call.cseq = 100;
    return call;
  }

  static String newTag() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  /** Our tag in this dialog. */
  String tag() {
    return local.substring(local.lastIndexOf(";tag=") + 5);
  }

  /** Speaks from now on as another of the answers to one INVITE. */
  void become(String tag) {
    local = local.substring(0, local.lastIndexOf(";tag=") + 5) + tag;
  }

  /**
   * How the other side knows this call, for a Replaces header (RFC 3891 section 3); empty while it
   * has not said that it rings.
   */
  Optional<String> replaces() {
    int at = remote.indexOf(";tag=");
    if (at < 0) {
      return Optional.empty();
    }
    String theirs = remote.substring(at + 5).split(";")[0];
    return Optional.of(callId + ";to-tag=" + theirs + ";from-tag=" + tag());
  }

  String target() {
    return target;
  }

  /** The number of the next request. */
  int nextCseq() {
    return ++cseq;
  }

  /** A request within the call, without Via. */
  Draft request(String method, int number, String contact) {
    return new Draft(method + " " + target + " SIP/2.0")
        .header("Max-Forwards", "70")
        .headers("Route", routes)
        .header("From", local)
        .header("To", remote)
        .header("Call-ID", callId)
        .header("CSeq", number + " " + method)
        .header("Contact", contact);
  }

  /** The ACK for a final response, or the CANCEL for an INVITE: alike but for the To. */
  Draft likeInvite(String method, String uri, String to) {
    return new Draft(method + " " + uri + " SIP/2.0")
        .header("Max-Forwards", "70")
        .headers("Route", routes)
        .header("From", local)
        .header("To", to)
        .header("Call-ID", callId)
        .header("CSeq", inviteCseq + " " + method);
  }

  /** The To of our first INVITE. */
  String remoteWithoutTag() {
    return remote.contains(";tag=") ? remote.substring(0, remote.indexOf(";tag=")) : remote;
  }

  /** A response that makes or confirms the dialog. */
  void learn(SipText response) {
    remote = response.header("To");
    response.find("Contact").ifPresent(contact -> target = SipText.uri(contact));
    if (state == State.CALLING) {
      routes = routes(response).reverse();
    }
  }

  /**
   * A 2xx of either side says how long the call lasts that nobody refreshes (RFC 4028).
   *
   * @param sessionExpires the header; null if it has none, and the call no end
   */
  void agree(@Nullable String sessionExpires) {
    sessionSeconds = sessionExpires == null ? null : sessionExpires.split(";", 2)[0].trim();
  }

  /** How many seconds the call lasts that nobody refreshes. */
  Optional<String> sessionSeconds() {
    return Optional.ofNullable(sessionSeconds);
  }

  private static ImmutableList<String> routes(SipText message) {
    List<String> all = message.all("Record-Route");
    return all.stream()
        .flatMap(Splitter.on(',').trimResults()::splitToStream)
        .collect(ImmutableList.toImmutableList());
  }
}
