package org.ringdown.gateway.testkit.load.phone;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.ringdown.sip.wire.SipText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Phones that share one socket. Safe from any thread. */
public final class PhoneBank implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PhoneBank.class);
  private static final int SOCKET_BUFFER_BYTES = 8 << 20;
  private static final int MOST_TRIES = 3;

  private final DatagramSocket socket;
  private final InetSocketAddress gateway;
  private final ScheduledExecutorService timer;
  private final Map<String, Phone> phones = new ConcurrentHashMap<>();
  private final Map<String, PhoneCall> calls = new ConcurrentHashMap<>();
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();
  private final Map<String, String> contacts = new ConcurrentHashMap<>();
  private volatile BiConsumer<PhoneCall, String> onInvite = (call, caller) -> {};

  private PhoneBank(
      DatagramSocket socket, InetSocketAddress gateway, ScheduledExecutorService timer) {
    this.socket = socket;
    this.gateway = gateway;
    this.timer = timer;
  }

  /**
   * Opens the socket.
   *
   * @param local the address to be on
   * @param gateway where requests go
   */
  public static PhoneBank open(
      InetAddress local, InetSocketAddress gateway, ScheduledExecutorService timer)
      throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(local, 0));
    socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
    socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
    PhoneBank bank = new PhoneBank(socket, gateway, timer);
    Thread reader = new Thread(bank::read, "phones");
    reader.setDaemon(true);
    reader.start();
    return bank;
  }

  /** One more phone. */
  public Phone phone(String user, String password) {
    return phones.computeIfAbsent(user, name -> new Phone(name, password, text(gateway)));
  }

  /** Who is told of calls that come in: the call, and the user part of its From. */
  public void onInvite(BiConsumer<PhoneCall, String> handler) {
    onInvite = handler;
  }

  /** The local port. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Where a user is that was registered here. */
  public Optional<String> contactOf(String user) {
    return Optional.ofNullable(contacts.get(user));
  }

  /**
   * Registers a phone.
   *
   * @param done is given what went wrong, or nothing
   */
  public void register(Phone phone, Consumer<Optional<String>> done) {
    register(phone, 1, done);
  }

  private void register(Phone phone, int attempt, Consumer<Optional<String>> done) {
    String registrar = "sip:" + text(gateway);
    String branch = branch();
    synchronized (phone) {
      Message request =
          Message.request("REGISTER", registrar)
              .header("Via", via(branch))
              .header("From", "<" + phone.aor() + ">;tag=" + Message.token())
              .header("To", "<" + phone.aor() + ">")
              .header("Call-ID", phone.registration())
              .header("CSeq", phone.nextRegistration() + " REGISTER")
              .header("Contact", contact(phone))
              .header("Expires", "3600");
      phone
          .authorization("REGISTER", registrar)
          .ifPresent(value -> request.header("Authorization", value));
      send(
          branch, request.plain(), gateway, response -> registered(phone, attempt, response, done));
    }
  }

  private void registered(
      Phone phone, int attempt, SipText response, Consumer<Optional<String>> done) {
    if (response.code() < 200) {
      return;
    }
    if (response.code() == 200) {
      done.accept(Optional.empty());
    } else if (attempt < MOST_TRIES && phone.challenged(response)) {
      register(phone, attempt + 1, done);
    } else {
      String hint =
          response.code() == 401 || response.code() == 407
              ? ": is there a user " + phone.user() + " with this password?"
              : "";
      done.accept(Optional.of("REGISTER was refused with " + response.code() + hint));
    }
  }

  /** Calls a URI. */
  public PhoneCall call(Phone phone, String uri, String sdp, PhoneCall.Listener listener) {
    PhoneCall call = PhoneCall.outgoing(this, phone, uri);
    call.listen(listener);
    calls.put(call.id(), call);
    call.invite(sdp);
    return call;
  }

  void forget(PhoneCall call) {
    calls.remove(call.id());
    pending.remove(call.invitation());
  }

  String branch() {
    return "z9hG4bK" + Message.token();
  }

  String via(String branch) {
    return "SIP/2.0/UDP " + here() + ";rport;branch=" + branch;
  }

  String contact(Phone phone) {
    return "<sip:" + phone.user() + "@" + here() + ">";
  }

  /** Its own host and port. */
  public String here() {
    return text((InetSocketAddress) socket.getLocalSocketAddress());
  }

  /** The gateway's host and port. */
  public String gateway() {
    return text(gateway);
  }

  /** Where one of the phones can be called without the gateway. */
  public String uri(Phone phone) {
    return "sip:" + phone.user() + "@" + here();
  }

  private static String text(InetSocketAddress address) {
    return InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
  }

  /** Sends a request, again and again until there is a response. */
  void send(String branch, byte[] request, InetSocketAddress to, Consumer<SipText> onResponse) {
    Repetition repetition = new Repetition(timer, () -> send(request, to));
    pending.put(branch, new Pending(repetition, onResponse));
    repetition.start();
  }

  /** Sends again and again until stopped. */
  Repetition repeat(byte[] message, InetSocketAddress to) {
    Repetition repetition = new Repetition(timer, () -> send(message, to));
    repetition.start();
    return repetition;
  }

  void send(byte[] message, InetSocketAddress to) {
    try {
      socket.send(new DatagramPacket(message, message.length, to));
    } catch (IOException e) {
      LOG.debug("A message was not sent: {}", e.toString());
    }
  }

  private void read() {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        if (bytes.length > 4) {
          receive(SipText.parse(bytes), (InetSocketAddress) packet.getSocketAddress());
        }
      } catch (IOException e) {
        LOG.debug("Reading: {}", e.toString());
      } catch (RuntimeException e) {
        LOG.warn("A message could not be dealt with", e);
      }
    }
  }

  private void receive(SipText message, InetSocketAddress from) {
    if (!message.isRequest()) {
      onResponse(message);
      return;
    }
    PhoneCall call = calls.get(message.header("Call-ID"));
    if (call != null) {
      call.onRequest(message);
    } else if (message.method().equals("INVITE")) {
      incoming(message, from);
    } else if (message.method().equals("REGISTER")) {
      bind(message, from);
    } else if (!message.method().equals("ACK")) {
      send(Message.response(message, "200 OK", Message.token()).plain(), from);
    }
  }

  private void onResponse(SipText response) {
    String branch = response.header("Via").replaceFirst(".*branch=", "").split("[;,]")[0];
    Pending request = pending.get(branch);
    if (request == null) {
      return;
    }
    request.repetition().stop();
    boolean repeatedOk = response.method().equals("INVITE") && response.code() / 100 == 2;
    if (response.code() >= 200 && !repeatedOk) {
      pending.remove(branch);
    }
    request.onResponse().accept(response);
  }

  private void incoming(SipText invite, InetSocketAddress from) {
    String called = userOf(SipText.uri(invite.startLine().split(" ")[1]));
    Phone phone = phones.get(called);
    if (phone == null) {
      send(Message.response(invite, "404 Not Found", Message.token()).plain(), from);
      return;
    }
    PhoneCall call = PhoneCall.incoming(this, phone, from, invite);
    calls.put(call.id(), call);
    onInvite.accept(call, userOf(SipText.uri(invite.header("From"))));
  }

  /** A gateway that registers its users with us. */
  private void bind(SipText register, InetSocketAddress from) {
    String contact = "<" + register.contactUri() + ">";
    contacts.put(userOf(SipText.uri(register.header("To"))), register.contactUri());
    byte[] ok =
        Message.response(register, "200 OK", Message.token())
            .header("Contact", contact + ";expires=3600")
            .plain();
    send(ok, from);
  }

  private static String userOf(String uri) {
    int colon = uri.indexOf(':');
    int at = uri.indexOf('@');
    return at < 0 ? "" : uri.substring(colon + 1, at);
  }

  @Override
  public void close() {
    pending.values().forEach(request -> request.repetition().stop());
    socket.close();
  }

  private record Pending(Repetition repetition, Consumer<SipText> onResponse) {}
}
