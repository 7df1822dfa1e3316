package org.ringdown.gateway.testkit.sip;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.sip.Profile.Transport;
import org.ringdown.gateway.testkit.stage.AnyCertificate;
import org.ringdown.gateway.testkit.stage.Happening.Kind;
import org.ringdown.gateway.testkit.stage.Inbox;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.sip.auth.DigestClient;
import org.ringdown.sip.wire.SipText;
import org.ringdown.sip.wire.SipWire;

/**
 * The wire of a phone: sends what it is given, repeats what is not answered, answers challenges,
 * and hands what comes to its {@link Listener} once, however often it came. Guarded by its monitor.
 */
final class SipPhone implements AutoCloseable {
  private final Stage stage;
  private final Profile profile;
  private final Faults faults;
  private final Repeats repeats;
  private final Listener listener;
  private final Inbox<SipText> inbox = new Inbox<>();
  private final Map<String, Outgoing> pending = new HashMap<>();
  private final Map<String, Runnable> answered = new HashMap<>();
  private volatile SipWire wire;
  private volatile InetSocketAddress gateway;
  private final InetSocketAddress place;

  SipPhone(Stage stage, Profile profile, Listener listener) throws IOException {
    this.stage = stage;
    this.profile = profile;
    this.listener = listener;
    this.faults = new Faults(stage.trace(), profile.name(), stage.timer());
    this.repeats = new Repeats(stage.timer());
    this.gateway = new InetSocketAddress(stage.local(), 9);
    this.wire = SipWire.udp(new InetSocketAddress(stage.local(), 0), gateway);
    this.place = wire.local();
  }

  /** Learns where the gateway is; over TCP it connects. */
  void connect(InetSocketAddress address) throws IOException {
    gateway = address;
    if (profile.transport() != Transport.UDP) {
      wire.close();
      wire = newWire();
    }
    startReader();
  }

  private void startReader() {
    SipWire own = wire;
    Thread reader = new Thread(() -> read(own), profile.name() + "-sip");
    reader.setDaemon(true);
    reader.start();
  }

  /** Is gone, as a machine is whose power fails. */
  void cut() throws IOException {
    wire.close();
  }

  /** Is there again, on the same port. */
  void comeBack() throws IOException {
    wire.close();
    wire = newWire();
    startReader();
  }

  private SipWire newWire() throws IOException {
    return switch (profile.transport()) {
      case UDP -> SipWire.udp(place, gateway);
      case TCP -> SipWire.tcp(gateway);
      case TLS -> {
        SSLSocket socket =
            (SSLSocket)
                AnyCertificate.context()
                    .getSocketFactory()
                    .createSocket(gateway.getAddress(), gateway.getPort());
        socket.startHandshake();
        yield SipWire.over(socket, "TLS");
      }
    };
  }

  Inbox<SipText> inbox() {
    return inbox;
  }

  Faults faults() {
    return faults;
  }

  Repeats repeats() {
    return repeats;
  }

  InetSocketAddress local() {
    return wire.local();
  }

  InetSocketAddress gateway() {
    return gateway;
  }

  String gatewayHost() {
    return hostPort(gateway);
  }

  /** The value of its Contact header. */
  String contact() {
    String transport = profile.transport().parameter();
    return "<sip:" + profile.user() + "@" + hostPort(wire.local()) + transport + ">";
  }

  static String hostPort(InetSocketAddress address) {
    return InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
  }

  private void read(SipWire own) {
    try {
      while (true) {
        SipWire.Arrival arrival = own.arrived().take();
        SipText message = SipText.parse(arrival.bytes());
        faults.pass(message, false, () -> receive(message, arrival.from()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive(SipText message, InetSocketAddress from) {
    try {
      boolean fresh = message.isRequest() ? isNew(message) : isAwaited(message);
      String label = message.isRequest() ? message.summary() : firstLine(message);
      stage
          .trace()
          .add(
              profile.name(), Kind.RECEIVED, label + (fresh ? "" : " (again)"), message.toString());
      if (!fresh) {
        return;
      }
      if (message.isRequest()) {
        listener.onRequest(new PhoneCall.Incoming(message, from));
      } else {
        onResponse(message);
      }
      inbox.add(message);
      stage.trace().wake();
    } catch (RuntimeException e) {
      stage.trace().note(profile.name(), "cannot deal with " + message.startLine() + ": " + e);
    }
  }

  private static String firstLine(SipText response) {
    String phrase = response.startLine().replaceFirst("SIP/2.0 ", "");
    return phrase + (response.method().equals("INVITE") ? "" : " (" + response.method() + ")");
  }

  private synchronized boolean isNew(SipText request) {
    String key = key(request);
    Runnable again = answered.get(key);
    if (again != null) {
      again.run();
      return false;
    }
    answered.put(key, () -> {});
    return true;
  }

  private static String key(SipText request) {
    String via = request.header("Via");
    return request.method()
        + " "
        + via.replaceFirst(".*branch=", "").split("[;,]")[0]
        + request.find("CSeq").orElse("");
  }

  private synchronized boolean isAwaited(SipText response) {
    Outgoing out = pending.get(branch(response));
    if (out == null) {
      return true;
    }
    repeats.stop(out.branch);
    String what = what(response);
    Runnable again = out.seen.get(what);
    if (again != null) {
      again.run();
      return false;
    }
    out.seen.put(what, () -> {});
    return true;
  }

  private static String what(SipText response) {
    return response.summary() + response.tagOf("To") + response.find("RSeq").orElse("");
  }

  private static String branch(SipText response) {
    return response.header("Via").replaceFirst(".*branch=", "").split("[;,]")[0];
  }

  private void onResponse(SipText response) {
    Outgoing out;
    synchronized (this) {
      out = pending.get(branch(response));
    }
    boolean challenge = response.code() == 401 || response.code() == 407;
    if (out == null || !response.method().equals(out.method)) {
      return;
    }
    listener.onResponse(out, response);
    if (challenge && !profile.password().isEmpty() && !out.retried) {
      retry(out, response);
    }
  }

  private void retry(Outgoing first, SipText response) {
    boolean proxy = response.code() == 407;
    DigestClient digest = new DigestClient(profile.user(), profile.password());
    if (!digest.challenged(response.all(proxy ? "Proxy-Authenticate" : "WWW-Authenticate"))) {
      return;
    }
    String header = proxy ? "Proxy-Authorization" : "Authorization";
    Outgoing again = new Outgoing(first.method, first.uri, first.draft, first.call);
    again.retried = true;
    digest
        .authorization(first.method, first.uri)
        .ifPresent(value -> again.draft.set(header, value));
    PhoneCall call = first.call;
    int number = call == null ? first.cseq + 1 : call.nextCseq();
    send(again, number);
  }

  /** Sends a request in a transaction of its own. */
  void send(Outgoing out, int cseq) {
    out.cseq = cseq;
    out.branch = "z9hG4bK" + UUID.randomUUID().toString().substring(0, 12);
    out.draft.set("CSeq", cseq + " " + out.method);
    PhoneCall call = out.call;
    if (call != null && out.method.equals("INVITE")) {
      call.inviteCseq = cseq;
      call.branch = out.branch;
    }
    String text = out.draft.text(via(out.branch));
    synchronized (this) {
      pending.put(out.branch, out);
    }
    transmit(text, gateway);
    if (profile.transport() == Transport.UDP) {
      repeats.start(out.branch, () -> transmit(text, gateway));
    }
  }

  /** The Via of a request. */
  String via(String branch) {
    return "SIP/2.0/" + wire.transport() + " " + hostPort(wire.local()) + ";rport;branch=" + branch;
  }

  /** Sends bytes once, as the faults will have it. */
  void transmit(String text, InetSocketAddress to) {
    SipText message = SipText.parse(SipWire.bytes(text));
    faults.pass(message, true, () -> write(text, message, to));
  }

  private void write(String text, SipText message, InetSocketAddress to) {
    String label = message.isRequest() ? message.summary() : firstLine(message);
    stage.trace().add(profile.name(), Kind.SENT, label, message.toString());
    try {
      wire.send(SipWire.bytes(text), to);
    } catch (IOException e) {
      stage.trace().note(profile.name(), "cannot send: " + e.getMessage());
    }
  }

  /** Sends the response to a request; the request's copies get it again. */
  void respond(PhoneCall.Incoming request, String text) {
    Runnable send = () -> transmit(text, request.from());
    synchronized (this) {
      answered.put(key(request.message()), send);
    }
    send.run();
  }

  /** Notes what to do if a response comes again. */
  synchronized void onRepeated(Outgoing out, SipText response, Runnable again) {
    out.seen.put(what(response), again);
  }

  /** The variables that scripts know of it. */
  ImmutableMap<String, String> facts() {
    InetSocketAddress local = wire.local();
    return ImmutableMap.of(
        "user", profile.user(),
        "password", profile.password(),
        "port", String.valueOf(local.getPort()),
        "address", hostPort(local));
  }

  @Override
  public void close() throws IOException {
    repeats.stopAll();
    wire.close();
  }

  /** Hears what comes, each message once, on the wire's thread. */
  interface Listener {
    void onRequest(PhoneCall.Incoming request);

    void onResponse(Outgoing request, SipText response);
  }

  /** A request and its transaction. */
  static final class Outgoing {
    final String method;
    final String uri;
    final Draft draft;
    final @Nullable PhoneCall call;
    final Map<String, Runnable> seen = new HashMap<>();
    String branch = "";
    int cseq;
    boolean retried;

    Outgoing(String method, String uri, Draft draft, @Nullable PhoneCall call) {
      this.method = method;
      this.uri = uri;
      this.draft = draft;
      this.call = call;
    }
  }
}
