package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipText;
import org.ringdown.sip.wire.SipWire;

/**
 * A SIP phone that does exactly what a script says, line by line, and nothing by itself.
 *
 * <pre>
 * P: INVITE +sdp | Require: x      the peer sends a request; headers after the bar
 * P: 200 INVITE +sdp tag=B         the peer answers the last request of that method
 * P: 200 INVITE repeated           the peer repeats it until the next line of the gateway comes
 * P: INVITE again                  the peer sends the very same bytes again
 * G: 200 INVITE +sdp | Allow: BYE  the gateway must send this next; headers must contain the text
 * G: 200 INVITE again              the gateway must repeat itself
 * G: nothing                       the gateway sends nothing new for a while
 * </pre>
 *
 * Repetitions the script does not ask for are passed over: they depend on the machine's speed.
 */
final class SipPeer implements Closeable {
  static final String SDP =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      c=IN IP4 127.0.0.1
      t=0 0
      m=audio 40000 RTP/AVP 8
      """
          .replace("\n", "\r\n");
  private static final long WAIT_MS = 20_000;
  private static final long SILENCE_MS = 120;
  private static final long REPEAT_MS = 40;

  private final SipWire wire;
  private final String gateway;
  private final String user;
  private final Map<String, byte[]> sent = new HashMap<>();
  private final Map<String, SipText> heard = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private SipText last = new SipText("", ImmutableList.of(), "");
  private String callId = "";
  private String local = "";
  private String remote = "";
  private String target = "";
  private String inviteBranch = "";
  private String inviteTo = "";
  private byte @Nullable [] repeating;
  private int cseq;
  private int inviteCseq;
  private int finalCode;
  private boolean established;

  SipPeer(SipWire wire, SipConfig.Listen gateway, String user) {
    this.wire = wire;
    this.gateway =
        InetAddresses.toUriString(gateway.address().getAddress())
            + ":"
            + gateway.address().getPort();
    this.user = user;
    newCall("alice");
  }

  static SipPeer over(SipConfig.Listen gateway) throws IOException {
    SipWire wire =
        gateway.transport() == SipTransport.TCP
            ? SipWire.tcp(gateway.address())
            : SipWire.udp(gateway.address());
    return new SipPeer(wire, gateway, "1001");
  }

  /** Forgets the dialog; the next request begins one with this user of the gateway. */
  SipPeer newCall(String callee) {
    callId = UUID.randomUUID().toString();
    local = "\"Phone\" <sip:" + user + "@example.org>;tag=" + UUID.randomUUID();
    remote = "<sip:" + callee + "@example.org>";
    inviteTo = remote;
    target = "sip:" + callee + "@" + gateway;
    cseq = 0;
    inviteCseq = 1;
    established = false;
    inviteBranch = "z9hG4bK" + UUID.randomUUID();
    return this;
  }

  /** The next request goes to this URI. */
  SipPeer to(String uri) {
    target = uri;
    return this;
  }

  SipWire wire() {
    return wire;
  }

  /** The last message the gateway sent that a script line matched. */
  SipText last() {
    return last;
  }

  String callId() {
    return callId;
  }

  /** Plays a script. */
  SipPeer play(String script) {
    try {
      for (String line : script.split("\n")) {
        if (line.startsWith("P: ")) {
          peer(Line.parse(line));
        } else if (line.startsWith("G: ")) {
          gateway(Line.parse(line));
        } else if (!line.isBlank()) {
          fail("not a script line: " + line);
        }
      }
      return this;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void peer(Line line) throws IOException {
    if (line.has("again")) {
      wire.send(Objects.requireNonNull(sent.get(line.key())));
      return;
    }
    String text = line.isResponse() ? response(line) : request(line);
    sent.put(line.key(), SipWire.bytes(text));
    if (line.key().equals("ACK") && finalCode >= 300 && !established) {
      remote = remote.split(";tag=")[0];
    }
    wire.send(SipWire.bytes(text));
    repeating = line.has("repeated") ? SipWire.bytes(text) : null;
  }

  private String request(Line line) {
    String method = line.method();
    if (!method.equals("ACK") && !method.equals("CANCEL")) {
      cseq++;
    }
    boolean ofInvite = method.equals("CANCEL") || (method.equals("ACK") && finalCode >= 300);
    String branch = ofInvite ? inviteBranch : "z9hG4bK" + UUID.randomUUID();
    if (method.equals("INVITE")) {
      inviteBranch = branch;
      inviteCseq = cseq;
      inviteTo = remote;
    }
    boolean sameNumber = method.equals("ACK") || method.equals("CANCEL");
    return message(
        method + " " + (method.equals("REGISTER") ? "sip:example.org" : target) + " SIP/2.0",
        line,
        List.of(
            "Via: SIP/2.0/" + wire.transport() + " " + address() + ";rport;branch=" + branch,
            "Max-Forwards: 70",
            "From: " + local,
            "To: " + (method.equals("CANCEL") ? inviteTo : remote),
            "Call-ID: " + callId,
            "CSeq: " + (sameNumber ? inviteCseq : cseq) + " " + method));
  }

  private String response(Line line) {
    SipText request = heard.get(line.method());
    assertThat(request).as("a %s to answer", line.method()).isNotNull();
    String tag = line.value("tag=", "peer");
    String to = request.header("To");
    List<String> headers = new ArrayList<>();
    request.all("Via").forEach(v -> headers.add("Via: " + v));
    headers.add("From: " + request.header("From"));
    headers.add("To: " + (to.contains(";tag=") || line.code() == 100 ? to : to + ";tag=" + tag));
    headers.add("Call-ID: " + request.header("Call-ID"));
    headers.add("CSeq: " + request.header("CSeq"));
    if (line.method().equals("INVITE") && line.code() < 300) {
      adoptDialog(request, tag);
    }
    return message("SIP/2.0 " + line.code() + " Whatever", line, headers);
  }

  /** The peer is the called side: its own requests turn From and To around. */
  private void adoptDialog(SipText invite, String tag) {
    if (!invite.header("To").contains(";tag=")) {
      cseq = callId.equals(invite.header("Call-ID")) ? cseq : 100;
      callId = invite.header("Call-ID");
      local = invite.header("To") + ";tag=" + tag;
      remote = invite.header("From");
      target = invite.contactUri();
      established = true;
    }
  }

  private String message(String startLine, Line line, List<String> headers) {
    StringBuilder out = new StringBuilder(startLine).append("\r\n");
    boolean sdp = line.has("+sdp");
    for (String header : headers) {
      boolean replaced = line.headers().stream().anyMatch(h -> sameName(h, header));
      out.append(replaced ? "" : header + "\r\n");
    }
    if (line.headers().stream().noneMatch(h -> sameName(h, "Contact:"))) {
      out.append("Contact: <sip:").append(user).append('@').append(address()).append(">\r\n");
    }
    line.headers().stream()
        .filter(h -> !h.endsWith(": -"))
        .forEach(h -> out.append(h).append("\r\n"));
    String body = sdp ? SDP : line.body();
    out.append(sdp ? "Content-Type: application/sdp\r\n" : "");
    return out.append("Content-Length: ")
        .append(body.length())
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  private static boolean sameName(String a, String b) {
    return a.split(":")[0].equalsIgnoreCase(b.split(":")[0]);
  }

  String address() {
    return InetAddresses.toUriString(wire.local().getAddress()) + ":" + wire.local().getPort();
  }

  private void gateway(Line line) throws IOException, InterruptedException {
    boolean silence = line.key().equals("nothing");
    long end = System.nanoTime() + (silence ? SILENCE_MS : WAIT_MS) * 1_000_000;
    while (System.nanoTime() < end) {
      byte[] bytes = next();
      if (bytes != null && isAwaited(line, bytes)) {
        repeating = null;
        return;
      }
      if (bytes == null && repeating != null) {
        wire.send(repeating);
      }
    }
    assertThat(silence).as("the gateway should have sent: %s", line).isTrue();
  }

  /** What others send is not meant: somebody may have had this port before. */
  private byte @Nullable [] next() throws InterruptedException {
    SipWire.Arrival arrival = wire.arrived().poll(REPEAT_MS, TimeUnit.MILLISECONDS);
    return arrival == null || !isFromGateway(arrival.from()) ? null : arrival.bytes();
  }

  private boolean isFromGateway(InetSocketAddress from) {
    String source = InetAddresses.toUriString(from.getAddress()) + ":" + from.getPort();
    return !wire.transport().equals("UDP") || source.equals(gateway);
  }

  private boolean isAwaited(Line line, byte[] bytes) {
    SipText message = SipText.parse(bytes);
    boolean isNew = seen.add(new String(bytes, UTF_8));
    if (!isNew && !line.has("again")) {
      return false;
    }
    if (line.has("again") && !message.summary().equals(line.key())) {
      return false;
    }
    assertThat(message.summary()).as("gateway sent\n%s", message).isEqualTo(line.key());
    line.headers().forEach(h -> assertHeader(message, h));
    if (line.has("+sdp")) {
      assertThat(message.body()).startsWith("v=0");
    }
    learn(message);
    return true;
  }

  private static void assertHeader(SipText message, String expected) {
    String[] parts = expected.split(":", 2);
    if (parts[1].trim().equals("-")) {
      assertThat(message.all(parts[0])).as("%s in\n%s", parts[0], message).isEmpty();
    } else {
      assertThat(String.join(", ", message.all(parts[0])))
          .as("%s in\n%s", parts[0], message)
          .contains(parts[1].trim());
    }
  }

  private void learn(SipText message) {
    last = message;
    if (message.isRequest()) {
      heard.put(message.summary(), message);
      return;
    }
    if (message.summary().endsWith(" INVITE") && message.code() >= 200) {
      finalCode = message.code();
      established |= finalCode < 300;
    }
    boolean dialog = message.summary().endsWith(" INVITE") && message.code() > 100;
    if (dialog && message.header("Call-ID").equals(callId)) {
      remote = message.code() < 300 || !remote.contains(";tag=") ? message.header("To") : remote;
      message.find("Contact").ifPresent(c -> target = message.contactUri());
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }

  /** A script line taken apart. */
  private record Line(String key, List<String> words, List<String> headers, String body) {
    static Line parse(String text) {
      String[] bodyParts = text.substring(3).split(" BODY ", 2);
      String[] bars = bodyParts[0].split(" \\| ");
      List<String> words = Arrays.asList(bars[0].trim().split(" +"));
      boolean response = Character.isDigit(words.get(0).charAt(0));
      String key = response ? words.get(0) + " " + words.get(1) : words.get(0);
      String body = bodyParts.length < 2 ? "" : bodyParts[1].replace("\\r\\n", "\r\n");
      return new Line(key, words, Arrays.asList(bars).subList(1, bars.length), body);
    }

    boolean isResponse() {
      return Character.isDigit(key.charAt(0));
    }

    int code() {
      return Integer.parseInt(words.get(0));
    }

    String method() {
      return isResponse() ? words.get(1) : words.get(0);
    }

    boolean has(String word) {
      return words.contains(word);
    }

    String value(String prefix, String otherwise) {
      return words.stream()
          .filter(w -> w.startsWith(prefix))
          .map(w -> w.substring(prefix.length()))
          .findFirst()
          .orElse(otherwise);
    }
  }
}
