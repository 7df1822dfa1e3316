package org.ringdown.gateway.testkit.sip;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sound.Agreed;
import org.ringdown.gateway.sound.Ear;
import org.ringdown.gateway.sound.Mouth;
import org.ringdown.gateway.sound.Voice;
import org.ringdown.gateway.testkit.stage.Network;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.sip.rtp.RtpPort;

/** The sound of one call of a phone, and the SDP that describes it. Safe from any thread. */
final class PhoneMedia implements RtpPort.Receiver, AutoCloseable {
  private static final int EVENT_TYPE = 101;

  private final Stage stage;
  private final String actor;
  private final Mouth mouth;
  private final Ear ear;
  private final @Nullable PhoneCipher cipher;
  private List<Voice> voices;
  private InetAddress address;
  private volatile RtpPort port;
  private Direction wanted = Direction.SENDRECV;
  private int version;

  PhoneMedia(Stage stage, Profile profile, Network network) throws IOException {
    this.stage = stage;
    this.actor = profile.name();
    this.voices = profile.voices();
    this.cipher = profile.srtp() ? new PhoneCipher() : null;
    address = network.address();
    port = network.rtpPorts().allocate(this);
    mouth = new Mouth(stage.timer(), this::send);
    ear = new Ear(() -> stage.trace().note(actor, "first RTP heard"));
    stage.recordings().onCall(actor, mouth, ear);
  }

  Mouth mouth() {
    return mouth;
  }

  Ear ear() {
    return ear;
  }

  synchronized void use(List<Voice> codecs) {
    voices = codecs;
  }

  synchronized void want(Direction direction) {
    wanted = direction;
  }

  /** Goes on from another port, which our next offer names; what comes to the old one is lost. */
  synchronized void move(Network network) throws IOException {
    RtpPort old = port;
    address = network.address();
    port = network.rtpPorts().allocate(this);
    old.close();
    stage.trace().note(actor, "RTP moves to port " + port.local().getPort());
  }

  /** An offer of all our voices. */
  synchronized String offer() {
    StringBuilder formats = new StringBuilder();
    StringBuilder maps = new StringBuilder();
    for (Voice voice : voices) {
      formats.append(voice.payloadType()).append(' ');
      maps.append("a=rtpmap:" + voice.payloadType() + " " + voice.encoding() + "\r\n");
    }
    return session()
        + ("m=audio "
            + port.local().getPort()
            + " "
            + protocol()
            + " "
            + formats
            + EVENT_TYPE
            + "\r\n"
            + maps)
        + ("a=rtpmap:" + EVENT_TYPE + " telephone-event/8000\r\na=fmtp:" + EVENT_TYPE + " 0-15\r\n")
        + (cipher == null ? "" : cipher.offer())
        + ("a=ptime:20\r\na=" + wanted.attribute() + "\r\n");
  }

  private String protocol() {
    return cipher == null ? "RTP/AVP" : "RTP/SAVP";
  }

  private void send(ByteBuffer packet) {
    if (cipher == null || cipher.protect(packet)) {
      port.sendRtp(packet);
    }
  }

  /** The answer to an offer; begins to send. An offer that cannot be answered gets our offer. */
  synchronized String answer(String offer) {
    try {
      PlainSdp read = PlainSdp.read(offer);
      StringBuilder text = new StringBuilder(session());
      boolean taken = false;
      for (PlainSdp.Section section : read.sections()) {
        Optional<Agreed> agreed =
            taken ? Optional.empty() : Agreed.of(section.stream().codecs(), voices);
        taken |= agreed.isPresent();
        agreed.ifPresent(common -> begin(section, common.alone()));
        text.append(section(section, agreed));
      }
      return text.toString();
    } catch (SdpException e) {
      stage.trace().note(actor, "cannot read the offer: " + e.getMessage());
      return offer();
    }
  }

  private String section(PlainSdp.Section offered, Optional<Agreed> agreed) {
    String protocol = offered.line().protocol();
    if (agreed.isEmpty()) {
      String format = offered.line().formats().get(0);
      return "m=" + offered.line().media() + " 0 " + protocol + " " + format + "\r\n";
    }
    Direction direction = offered.stream().direction().reversed().and(wanted);
    return "m=audio "
        + port.local().getPort()
        + " "
        + protocol
        + " "
        + agreed.get().formats()
        + ("\r\n" + agreed.get().attributes())
        + (cipher == null ? "" : cipher.answer(offered.keys()))
        + ("a=ptime:20\r\na=" + direction.attribute() + "\r\n");
  }

  /** Takes the answer to our offer; begins to send. */
  synchronized void accept(String answer) {
    try {
      PlainSdp.Section section = PlainSdp.read(answer).sections().get(0);
      Optional<Agreed> agreed = Agreed.answered(section.stream().codecs());
      agreed.ifPresentOrElse(
          common -> begin(section, common),
          () -> stage.trace().note(actor, "no codec in the answer"));
    } catch (SdpException | IndexOutOfBoundsException e) {
      stage.trace().note(actor, "cannot read the answer: " + e.getMessage());
    }
  }

  private void begin(PlainSdp.Section theirs, Agreed agreed) {
    InetSocketAddress rtp = theirs.rtp();
    InetSocketAddress rtcp = theirs.rtcp();
    if (rtp != null && rtcp != null) {
      port.connect(rtp, rtcp);
    }
    if (cipher != null) {
      PhoneCipher.usable(theirs.keys())
          .ifPresentOrElse(
              cipher::agree, () -> stage.trace().note(actor, "no key for SRTP that it can use"));
    }
    Direction direction = theirs.stream().direction().reversed().and(wanted);
    mouth.hold(!direction.sends());
    mouth.speak(agreed.voice(), agreed.payloadType(), agreed.eventType());
    ear.listen(agreed);
    String srtp = cipher == null ? "" : "SRTP, ";
    stage.trace().note(actor, "media: " + srtp + agreed.voice() + " " + direction.attribute());
  }

  private String session() {
    version++;
    String host = InetAddresses.toAddrString(address);
    String family = host.indexOf(':') < 0 ? "IN IP4 " : "IN IP6 ";
    return "v=0\r\no="
        + actor
        + " 4711 "
        + version
        + " "
        + family
        + host
        + ("\r\ns=-\r\nc=" + family + host + "\r\nt=0 0\r\n");
  }

  @Override
  public void onRtp(ByteBuffer packet) {
    if (cipher == null) {
      ear.hear(packet);
    } else {
      cipher.unprotect(packet).ifPresent(ear::hear);
    }
  }

  @Override
  public void onRtcp(ByteBuffer packet) {}

  @Override
  public void close() {
    mouth.close();
    port.close();
  }
}
