package org.ringdown.gateway.testkit.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.sip.message.Draft;
import org.ringdown.gateway.testkit.stage.Happening.Kind;
import org.ringdown.gateway.testkit.stage.Inbox;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.sip.auth.DigestClient;
import org.ringdown.sip.wire.SipText;

/**
 * The transactions of a phone (RFC 3261 section 17): sends what it is given, repeats what is not
 * answered, answers challenges, and hands what comes to its {@link Listener} once, however often it
 * came. Guarded by its monitor.
 */
final class SipPhone implements AutoCloseable {
  private final Stage stage;
  private final Profile profile;
  private final Repeats repeats;
  private final Listener listener;
  private final PhoneWire wire;
  private final Inbox<SipText> inbox = new Inbox<>();
  private final Map<String, Outgoing> pending = new HashMap<>();
  private final Map<String, Runnable> answered = new HashMap<>();

  SipPhone(Stage stage, Profile profile, Listener listener) throws IOException {
    this.stage = stage;
    this.profile = profile;
    this.listener = listener;
    this.repeats = new Repeats(stage.timer());
    this.wire = new PhoneWire(stage, profile, this::receive);
  }

  PhoneWire wire() {
    return wire;
  }

  Inbox<SipText> inbox() {
    return inbox;
  }

  Repeats repeats() {
    return repeats;
  }

  private void receive(SipText message, InetSocketAddress from) {
    try {
      boolean fresh = message.isRequest() ? isNew(message) : isAwaited(message);
      String label = PhoneWire.label(message) + (fresh ? "" : " (again)");
      stage.trace().add(profile.name(), Kind.RECEIVED, label, message.toString());
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
    return request.method() + " " + branch(request) + request.find("CSeq").orElse("");
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

  private static String branch(SipText message) {
    return message.header("Via").replaceFirst(".*branch=", "").split("[;,]")[0];
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
    String text = out.draft.text(wire.via(out.branch));
    synchronized (this) {
      pending.put(out.branch, out);
    }
    wire.transmit(text, wire.gateway());
    if (wire.isDatagrams()) {
      repeats.start(out.branch, () -> wire.transmit(text, wire.gateway()));
    }
  }

  /** Sends the response to a request; the request's copies get it again. */
  void respond(PhoneCall.Incoming request, String text) {
    Runnable send = () -> wire.transmit(text, request.from());
    synchronized (this) {
      answered.put(key(request.message()), send);
    }
    send.run();
  }

  /** Notes what to do if a response comes again. */
  synchronized void onRepeated(Outgoing out, SipText response, Runnable again) {
    out.seen.put(what(response), again);
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
