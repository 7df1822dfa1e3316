package org.ringdown.gateway.testkit.load.media;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.WebRtcSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.webrtc.client.RemoteDescription;
import org.ringdown.webrtc.client.WebRtcClient;
import org.ringdown.webrtc.dtls.DtlsResult;

/** A page's peer connection: ICE, DTLS and SRTP. */
final class PageEnd implements End, WebRtcClient.Listener {
  private final RtpStream stream;
  private final Set<InetSocketAddress> candidates = new LinkedHashSet<>();
  private @Nullable WebRtcClient client;
  private @Nullable RemoteDescription remote;

  PageEnd(RtpStream stream) {
    this.stream = stream;
  }

  synchronized PageEnd on(WebRtcClient opened) {
    client = opened;
    return this;
  }

  private synchronized WebRtcClient client() {
    WebRtcClient opened = client;
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }

  private String sdp(String mid, String setup) {
    WebRtcClient own = client();
    return new PageSdp(own.ufrag(), own.password(), own.fingerprint(), own.local(), stream.ssrc())
        .text(mid, setup);
  }

  @Override
  public String offer() {
    return sdp("0", "actpass");
  }

  @Override
  public String answer(String offer) {
    WebRtcSdp read = read(offer);
    boolean active = read.transport().setup() != WebRtcSdp.Setup.ACTIVE;
    if (!read.transport().iceLite()) {
      client().followTheOther();
    }
    begin(read, active);
    String mid = read.sections().get(0).stream().mid();
    return sdp(mid == null ? "0" : mid, active ? "active" : "passive");
  }

  @Override
  public void accept(String answer) {
    WebRtcSdp read = read(answer);
    begin(read, read.transport().setup() == WebRtcSdp.Setup.PASSIVE);
  }

  private static WebRtcSdp read(String text) {
    try {
      return WebRtcSdp.read(text);
    } catch (SdpException e) {
      throw new IllegalArgumentException("the gateway's SDP to the page cannot be read", e);
    }
  }

  private synchronized void begin(WebRtcSdp theirs, boolean dtlsClient) {
    WebRtcSdp.Transport transport = theirs.transport();
    transport.candidates().stream()
        .flatMap(line -> RemoteDescription.address(line).stream())
        .forEach(candidates::add);
    RemoteDescription described =
        new RemoteDescription(
            transport.ufrag(),
            transport.password(),
            transport.fingerprints(),
            ImmutableList.copyOf(candidates));
    remote = described;
    client().connect(described, dtlsClient);
  }

  @Override
  public synchronized void candidate(String line) {
    RemoteDescription known = remote;
    boolean fresh = RemoteDescription.address(line).map(candidates::add).orElse(false);
    if (fresh && known != null) {
      RemoteDescription more =
          new RemoteDescription(
              known.ufrag(),
              known.password(),
              known.fingerprints(),
              ImmutableList.copyOf(candidates));
      remote = more;
      client().learn(more);
    }
  }

  @Override
  public void onSecured(DtlsResult result) {
    stream.begin(client()::sendRtp);
  }

  @Override
  public void onRtp(ByteBuffer packet) {
    stream.hear(packet);
  }

  @Override
  public void settle(boolean goOn) {
    if (goOn) {
      stream.settle();
    } else {
      stream.close();
    }
  }

  @Override
  public void fallSilent() {
    stream.close();
  }

  @Override
  public void close() {
    stream.close();
    client().close();
  }
}
