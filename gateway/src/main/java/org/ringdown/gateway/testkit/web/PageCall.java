package org.ringdown.gateway.testkit.web;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.ringdown.gateway.sdp.WebRtcSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sound.Agreed;
import org.ringdown.gateway.sound.Ear;
import org.ringdown.gateway.sound.Mouth;
import org.ringdown.gateway.sound.Voice;
import org.ringdown.gateway.testkit.stage.Network;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.webrtc.client.RemoteDescription;
import org.ringdown.webrtc.client.WebRtcClient;
import org.ringdown.webrtc.dtls.DtlsResult;

/** One call of a page: the peer connection, its sound, and the SDP as a browser writes it. */
final class PageCall implements WebRtcClient.Listener, AutoCloseable {
  private static final int EVENT_TYPE = 101;

  private final String id;
  private final Stage stage;
  private final String actor;
  private final WebRtcClient client;
  private final Mouth mouth;
  private final Ear ear;
  private List<Voice> voices;
  private String mid = "0";
  private int version;
  private volatile boolean over;

  PageCall(String id, Stage stage, String actor, List<Voice> voices) throws IOException {
    this.id = id;
    this.stage = stage;
    this.actor = actor;
    this.voices = voices;
    client = WebRtcClient.open(stage.network().address(), stage.timer(), this);
    mouth = new Mouth(stage.timer(), client::sendRtp);
    ear = new Ear(() -> stage.trace().note(actor, "first RTP heard"));
    stage.recordings().onCall(actor, mouth, ear);
  }

  String id() {
    return id;
  }

  Mouth mouth() {
    return mouth;
  }

  Ear ear() {
    return ear;
  }

  boolean over() {
    return over;
  }

  void end() {
    over = true;
    mouth.close();
  }

  synchronized void use(List<Voice> codecs) {
    voices = codecs;
  }

  void move() throws IOException {
    client.move();
    stage.trace().note(actor, "media move to port " + client.local().getPort());
  }

  /** Has new credentials and another port from now on; the next offer names them. */
  void restartIce(Network network) throws IOException {
    client.restartIce(network.address());
    stage.trace().note(actor, "ICE restarts, from port " + client.local().getPort());
  }

  /** An offer of all our voices. */
  synchronized String offer() {
    StringBuilder formats = new StringBuilder();
    StringBuilder maps = new StringBuilder();
    for (Voice voice : voices) {
      formats.append(voice.payloadType()).append(' ');
      maps.append("a=rtpmap:" + voice.payloadType() + " " + voice.encoding() + "\r\n");
    }
    maps.append("a=rtpmap:" + EVENT_TYPE + " telephone-event/8000\r\n");
    return sdp(formats.toString() + EVENT_TYPE, maps.toString(), "actpass", Direction.SENDRECV);
  }

  /**
   * The answer to an offer of the gateway; begins to connect.
   *
   * @throws StepFailure if the offer cannot be read or has no codec of ours
   */
  synchronized String answer(String offer) throws StepFailure {
    WebRtcSdp read = read(offer);
    WebRtcSdp.Section section = read.sections().get(0);
    String theirMid = section.stream().mid();
    mid = theirMid == null ? "0" : theirMid;
    Agreed agreed =
        Agreed.of(section.stream().codecs(), voices)
            .orElseThrow(() -> new StepFailure("the gateway's offer has none of " + voices));
    Direction direction = section.stream().direction().reversed();
    boolean client = read.transport().setup() != WebRtcSdp.Setup.ACTIVE;
    begin(read, agreed.alone(), direction, client);
    return sdp(agreed.formats(), agreed.attributes(), client ? "active" : "passive", direction);
  }

  /** Takes the answer to our offer; begins to connect. */
  synchronized void accept(String answer) throws StepFailure {
    WebRtcSdp read = read(answer);
    WebRtcSdp.Section section = read.sections().get(0);
    Optional<Agreed> agreed = Agreed.answered(section.stream().codecs());
    if (agreed.isPresent()) {
      boolean client = read.transport().setup() == WebRtcSdp.Setup.PASSIVE;
      begin(read, agreed.get(), section.stream().direction().reversed(), client);
    } else {
      stage.trace().note(actor, "no codec in the answer");
    }
  }

  private static WebRtcSdp read(String text) throws StepFailure {
    try {
      return WebRtcSdp.read(text);
    } catch (SdpException e) {
      throw new StepFailure("the gateway's SDP cannot be read", e);
    }
  }

  private void begin(WebRtcSdp theirs, Agreed agreed, Direction direction, boolean dtlsClient) {
    WebRtcSdp.Transport transport = theirs.transport();
    ImmutableList<InetSocketAddress> candidates =
        transport.candidates().stream()
            .flatMap(line -> RemoteDescription.address(line).stream())
            .collect(ImmutableList.toImmutableList());
    client.connect(
        new RemoteDescription(
            transport.ufrag(), transport.password(), transport.fingerprints(), candidates),
        dtlsClient);
    mouth.hold(!direction.sends());
    mouth.speak(agreed.voice(), agreed.payloadType(), agreed.eventType());
    ear.listen(agreed);
    stage.trace().note(actor, "media: " + agreed.voice() + " " + direction.attribute());
  }

  private String sdp(String formats, String maps, String setup, Direction direction) {
    version++;
    InetSocketAddress local = client.local();
    String address = InetAddresses.toAddrString(local.getAddress());
    return """
    v=0
    o=- 4711 %d IN IP4 127.0.0.1
    s=-
    t=0 0
    a=group:BUNDLE %s
    a=msid-semantic: WMS
    m=audio %d UDP/TLS/RTP/SAVPF %s
    c=IN %s %s
    a=mid:%s
    a=ice-ufrag:%s
    a=ice-pwd:%s
    a=fingerprint:%s
    a=setup:%s
    a=rtcp-mux
    a=%s
    """
            .formatted(
                version,
                mid,
                local.getPort(),
                formats,
                address.indexOf(':') < 0 ? "IP4" : "IP6",
                address,
                mid,
                client.ufrag(),
                client.password(),
                client.fingerprint(),
                setup,
                direction.attribute())
            .replace("\n", "\r\n")
        + maps
        + ("a=candidate:1 1 udp 2122260223 " + address + " " + local.getPort() + " typ host\r\n");
  }

  @Override
  public void onPath() {
    stage.trace().note(actor, "ICE connected");
  }

  @Override
  public void onSecured(DtlsResult result) {
    stage.trace().note(actor, "DTLS done, SRTP on");
  }

  @Override
  public void onGone(String reason) {
    if (!over) {
      stage.trace().note(actor, "media gone: " + reason);
    }
  }

  @Override
  public void onRtp(ByteBuffer packet) {
    ear.hear(packet);
  }

  @Override
  public void close() {
    end();
    client.close();
  }
}
