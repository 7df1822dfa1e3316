package org.ringdown.gateway.testkit.load.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongConsumer;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.client.WebRtcClients;

/** Where the media of calls come from, and what they share. Safe from any thread. */
public final class Media implements AutoCloseable {
  private static final int DISCARD_PORT = 9;
  private static final String FINGERPRINT =
      "sha-256 " + "AB:".repeat(31) + "AB"; // of nobody: nothing is encrypted

  private final MediaMode mode;
  private final InetAddress phones;
  private final InetAddress pages;
  private final Pacer pacer;
  private final RtpPortRange ports;
  private final WebRtcClients clients;

  private Media(
      MediaMode mode, Places places, Pacer pacer, RtpPortRange ports, WebRtcClients clients) {
    this.mode = mode;
    this.phones = places.phones();
    this.pages = places.pages();
    this.pacer = pacer;
    this.ports = ports;
    this.clients = clients;
  }

  /** The local addresses of phones and of pages. */
  public record Places(InetAddress phones, InetAddress pages) {}

  /** Starts the threads. */
  public static Media open(MediaMode mode, Places places, ScheduledExecutorService timer)
      throws IOException {
    RtpPortRange ports = RtpPortRange.open(places.phones(), 0, 0, 1);
    return new Media(mode, places, Pacer.start(), ports, WebRtcClients.open(timer));
  }

  /** How much there is of them. */
  public MediaMode mode() {
    return mode;
  }

  /**
   * The end of a phone.
   *
   * @param onFirst hears when the first packet came
   * @throws IOException if there is no port left
   */
  public End phone(Tally tally, LongConsumer onFirst) throws IOException {
    if (mode == MediaMode.NONE) {
      String sdp = PhoneEnd.sdp(phones, DISCARD_PORT);
      return new Deaf(sdp, sdp);
    }
    PhoneEnd end = new PhoneEnd(phones, new RtpStream(pacer, tally, onFirst));
    return end.on(ports.allocate(end));
  }

  /** The end of a page; as {@link #phone}. */
  public End page(Tally tally, LongConsumer onFirst) throws IOException {
    if (mode == MediaMode.NONE) {
      PageSdp sdp =
          new PageSdp(
              "load",
              "NothingIsEncryptedHere00",
              FINGERPRINT,
              new InetSocketAddress(pages, DISCARD_PORT),
              1);
      return new Deaf(sdp.text("0", "actpass"), sdp.text("0", "active"));
    }
    PageEnd end = new PageEnd(new RtpStream(pacer, tally, onFirst));
    return end.on(clients.client(pages, end));
  }

  @Override
  public void close() {
    pacer.close();
    clients.close();
    ports.close();
  }
}
