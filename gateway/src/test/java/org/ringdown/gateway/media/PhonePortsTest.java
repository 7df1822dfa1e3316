package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaListener;
import org.ringdown.gateway.media.leg.PhonePorts;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.sip.rtp.RtpPortRange;

/** A gateway with an address of each family. */
class PhonePortsTest {
  private static final InetAddress FOUR = InetAddresses.forString("127.0.0.1");
  private static final InetAddress SIX = InetAddresses.forString("::1");

  private RtpPortRange four;
  private RtpPortRange six;
  private EmbeddedMedia engine;
  private MediaSession session;

  @BeforeEach
  void open() throws IOException {
    four = RtpPortRange.open(FOUR, 0, 0, 1);
    six = RtpPortRange.open(SIX, 0, 0, 1);
    PhonePorts ports =
        new PhonePorts(
            ImmutableList.of(new PhonePorts.Place(four, FOUR), new PhonePorts.Place(six, SIX)));
    engine = new EmbeddedMedia(ports, new FakePeers(), Duration.ofMinutes(1));
    session = engine.open(mock(MediaListener.class));
  }

  @AfterEach
  void close() {
    engine.close();
    four.close();
    six.close();
  }

  @Test
  void eachPhoneGetsAPortOfItsFamily() throws MediaException {
    String toCallee = session.offer(phone("caller", FOUR), offer("IP6 ::1"), phone("called", FOUR));
    assertThat(toCallee).contains("c=IN IP4 127.0.0.1");
    assertThat(six.inUse()).isEqualTo(1);
    assertThat(four.inUse()).isEqualTo(1);
    String answer = session.answer(phone("called", FOUR), offer("IP4 127.0.0.1"));
    assertThat(answer).contains("c=IN IP6 ::1");
  }

  @Test
  void aCalledPhoneGetsThatOfItsSignalling() throws MediaException {
    assertThat(session.offer(phone("caller", SIX), offer("IP4 127.0.0.1"), phone("called", SIX)))
        .contains("c=IN IP6 ::1");
  }

  @Test
  void whoseFamilyIsNotKnownGetsTheFirst() throws MediaException {
    LegRef unknown = new LegRef("called", Dialect.PLAIN);
    assertThat(session.offer(phone("caller", SIX), offer("IP4 phone.example"), unknown))
        .contains("c=IN IP4 127.0.0.1");
    assertThat(six.inUse()).isEqualTo(1);
  }

  @Test
  void aWildcardIsNoPlaceToSendTo() {
    assertThatThrownBy(() -> new PhonePorts.Place(four, InetAddresses.forString("0.0.0.0")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LegRef phone(String name, InetAddress peer) {
    return new LegRef(name, Dialect.PLAIN, MediaPolicy.PLAIN, peer);
  }

  private static String offer(String connection) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN "
        + connection
        + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
  }
}
