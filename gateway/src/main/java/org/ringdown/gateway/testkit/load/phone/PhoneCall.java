package org.ringdown.gateway.testkit.load.phone;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.wire.SipText;

/** One call of a phone, from either side. Safe from any thread. */
public final class PhoneCall {
  private static final int MOST_TRIES = 4;

  private final PhoneBank bank;
  private final Phone phone;
  private final String id;
  private final String local;
  private final @Nullable SipText invite;
  private final InetSocketAddress peer;
  private Listener listener = new Listener() {};
  private String sdp = "";
  private String remote;
  private String target;
  private String branch = "";
  private String invitation = "";
  private int cseq;
  private int tries;
  private long invitedNanos;
  private @Nullable Repetition accepting;
  private byte @Nullable [] ack;
  private State state = State.RINGING;

  private enum State {
    RINGING,
    UP,
    ENDED
  }

  private PhoneCall(PhoneBank bank, Phone phone, String uri, InetSocketAddress peer) {
    this.bank = bank;
    this.phone = phone;
    this.peer = peer;
    this.invite = null;
    this.id = Message.token();
    this.local = "<" + phone.aor() + ">;tag=" + Message.token();
    this.remote = "<" + uri + ">";
    this.target = uri;
  }

  private PhoneCall(PhoneBank bank, Phone phone, InetSocketAddress peer, SipText invite) {
    this.bank = bank;
    this.phone = phone;
    this.peer = peer;
    this.invite = invite;
    this.id = invite.header("Call-ID");
    this.local = invite.header("To") + ";tag=" + Message.token();
    this.remote = invite.header("From");
    this.target = invite.contactUri();
  }

  /** A call to a URI whose host is an address. */
  static PhoneCall outgoing(PhoneBank bank, Phone phone, String uri) {
    HostAndPort host =
        HostAndPort.fromString(uri.replaceFirst("^sips?:([^@]*@)?", "").split(";")[0]);
    InetSocketAddress peer =
        new InetSocketAddress(
            InetAddresses.forUriString(host.getHost()), host.getPortOrDefault(5060));
    return new PhoneCall(bank, phone, uri, peer);
  }

  static PhoneCall incoming(PhoneBank bank, Phone phone, InetSocketAddress from, SipText invite) {
    return new PhoneCall(bank, phone, from, invite);
  }

  /** Who hears of it, from the next moment on. */
  public synchronized void listen(Listener newListener) {
    listener = newListener;
  }

  String id() {
    return id;
  }

  /** The branch of its last INVITE. */
  synchronized String invitation() {
    return invitation;
  }

  /** The SDP of the other side, of a call that came in. */
  public String offer() {
    SipText first = invite;
    return first == null ? "" : first.body();
  }

  /** When the INVITE left that was not challenged, as {@link System#nanoTime} has it. */
  public synchronized long invitedNanos() {
    return invitedNanos;
  }

  synchronized void invite(String offer) {
    sdp = offer;
    tries++;
    branch = bank.branch();
    invitation = branch;
    Message request = header("INVITE", ++cseq).header("Contact", bank.contact(phone));
    // One after the other, because the gateway wants the nonce's count to grow.
    synchronized (phone) {
      phone
          .authorization("INVITE", target)
          .ifPresent(value -> request.header("Authorization", value));
      invitedNanos = System.nanoTime();
      bank.send(branch, request.with(sdp), peer, this::onInviteResponse);
    }
  }

  private Message header(String method, int number) {
    return Message.request(method, target)
        .header("Via", bank.via(branch))
        .header("From", local)
        .header("To", remote)
        .header("Call-ID", id)
        .header("CSeq", number + " " + method);
  }

  private void onInviteResponse(SipText response) {
    if (response.code() < 200) {
      return;
    }
    if (response.code() < 300) {
      accepted(response);
    } else {
      refused(response);
    }
  }

  private void accepted(SipText response) {
    long now = System.nanoTime();
    synchronized (this) {
      if (ack == null) {
        remote = response.header("To");
        target = response.contactUri();
        branch = bank.branch();
        ack = header("ACK", cseq).plain();
      }
      bank.send(ack, peer);
      if (state != State.RINGING) {
        return;
      }
      state = State.UP;
    }
    listener.onAnswered(response.body(), now);
  }

  private void refused(SipText response) {
    boolean again;
    synchronized (this) {
      String called = remote;
      remote = response.header("To");
      bank.send(header("ACK", cseq).plain(), peer);
      remote = called;
      again = tries < MOST_TRIES && phone.challenged(response);
      if (!again) {
        state = State.ENDED;
      }
    }
    if (again) {
      invite(sdp);
    } else {
      bank.forget(this);
      listener.onEnded(response.code() + " " + reason(response));
    }
  }

  private static String reason(SipText response) {
    String[] words = response.startLine().split(" ", 3);
    return words.length < 3 ? "" : words[2];
  }

  /** Answers a call that came in. */
  public void answer(String answer) {
    SipText request = invite;
    if (request == null) {
      throw new IllegalStateException("our own call");
    }
    byte[] ok =
        Message.response(request, "200 OK", SipTags.of(local))
            .header("Contact", bank.contact(phone))
            .with(answer);
    synchronized (this) {
      sdp = answer;
      state = State.UP;
      accepting = bank.repeat(ok, peer);
    }
  }

  /** Says that it rings. */
  public void ring() {
    SipText request = invite;
    if (request != null) {
      bank.send(
          Message.response(request, "180 Ringing", SipTags.of(local))
              .header("Contact", bank.contact(phone))
              .plain(),
          peer);
    }
  }

  /** The gateway sent a request within the call. */
  void onRequest(SipText request) {
    switch (request.method()) {
      case "ACK" -> acknowledged();
      case "INVITE", "UPDATE" -> renegotiate(request);
      case "BYE" -> {
        bank.send(Message.response(request, "200 OK", "").plain(), peer);
        end("BYE");
      }
      case "CANCEL" -> cancel(request);
      default -> bank.send(Message.response(request, "200 OK", "").plain(), peer);
    }
  }

  private synchronized void acknowledged() {
    Repetition repeated = accepting;
    if (repeated != null) {
      repeated.stop();
    }
  }

  private void renegotiate(SipText request) {
    boolean first = request.method().equals("INVITE") && !request.header("To").contains(";tag=");
    if (first) {
      return; // a copy of the first one; the answer is repeated anyway
    }
    Message ok = Message.response(request, "200 OK", "").header("Contact", bank.contact(phone));
    synchronized (this) {
      bank.send(request.body().isEmpty() ? ok.plain() : ok.with(sdp), peer);
    }
  }

  private void cancel(SipText request) {
    bank.send(Message.response(request, "200 OK", SipTags.of(local)).plain(), peer);
    SipText first = invite;
    if (first != null) {
      bank.send(Message.response(first, "487 Request Terminated", SipTags.of(local)).plain(), peer);
    }
    end("CANCEL");
  }

  private void end(String why) {
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      state = State.ENDED;
      acknowledged();
    }
    bank.forget(this);
    listener.onEnded(why);
  }

  /**
   * Hangs up, or gives up. The listener hears nothing more, but of a call that was up {@link
   * Listener#onGone} when the gateway has said that it is over.
   */
  public void hangUp() {
    State before;
    synchronized (this) {
      before = state;
      state = State.ENDED;
      acknowledged();
      if (before == State.UP) {
        branch = bank.branch();
        cseq += 1;
        bank.send(branch, header("BYE", cseq).plain(), peer, response -> gone());
      } else if (before == State.RINGING && invite == null) {
        bank.send(header("CANCEL", cseq).plain(), peer);
      }
    }
    if (before == State.RINGING) {
      bank.forget(this);
    }
  }

  private void gone() {
    close();
    listener.onGone();
  }

  /** Forgets it; nothing is said. */
  public void close() {
    bank.forget(this);
  }

  /** Hears of a call, on the thread of the socket; must not block. */
  public interface Listener {
    /** The other side has answered; nanos as {@link System#nanoTime} has them. */
    default void onAnswered(String sdp, long nanos) {}

    /** It is over, or never was; why is a status or the name of a request. */
    default void onEnded(String why) {}

    /** The gateway has answered our hanging up. */
    default void onGone() {}
  }
}
