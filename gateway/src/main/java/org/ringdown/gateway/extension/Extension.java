package org.ringdown.gateway.extension;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/**
 * One call to a number that the gateway answers itself. {@link #answer} takes the offer and starts
 * to play. Safe from any thread.
 */
public final class Extension implements AutoCloseable {
  private static final String CANNOT_PLAY = "the extension cannot play in any codec offered";

  private final ImmutableList<Player> players;
  private final String sdp;

  private Extension(List<Player> players, String sdp) {
    this.players = ImmutableList.copyOf(players);
    this.sdp = sdp;
  }

  /**
   * Answers a call and starts to play to it.
   *
   * @param kind what to play
   * @param offer the caller's plain SDP
   * @param ports where the extension's own ports come from
   * @param clock paces what is generated
   * @throws MediaException if the offer has nothing that this extension can answer with, or no port
   *     is left
   */
  public static Extension answer(
      ExtensionKind kind, String offer, RtpPortRange ports, ScheduledExecutorService clock)
      throws MediaException {
    PlainSdp offered = read(offer);
    ImmutableList<MediaStream> streams =
        offered.streams().stream()
            .map(stream -> accepted(kind, stream))
            .collect(ImmutableList.toImmutableList());
    if (streams.stream().allMatch(MediaStream::refused)) {
      throw new MediaException(MediaException.Kind.NOT_ACCEPTABLE, CANNOT_PLAY);
    }
    List<Player> players = new ArrayList<>();
    List<InetSocketAddress> local = new ArrayList<>();
    try {
      for (int i = 0; i < streams.size(); i++) {
        Player player = player(kind, streams.get(i), ports, clock);
        players.add(player);
        local.add(player.start(offered.sections().get(i)));
      }
    } catch (IOException e) {
      players.forEach(Player::close);
      throw new MediaException(MediaException.Kind.EXHAUSTED, "no media port is left");
    }
    return new Extension(players, offered.answer(streams, local).write(1, 1));
  }

  private static PlainSdp read(String offer) throws MediaException {
    try {
      return PlainSdp.read(offer);
    } catch (SdpException e) {
      throw new MediaException(MediaException.Kind.NOT_ACCEPTABLE, String.valueOf(e.getMessage()));
    }
  }

  /** What of a stream is taken: all that can be echoed; for a tone, audio in G.711. */
  private static MediaStream accepted(ExtensionKind kind, MediaStream offered) {
    if (offered.refused()) {
      return offered;
    }
    var codecs =
        offered.codecs().stream()
            .filter(codec -> kind == ExtensionKind.ECHO || TonePlayer.canPlay(codec))
            .limit(kind == ExtensionKind.ECHO ? Long.MAX_VALUE : 1)
            .collect(ImmutableList.toImmutableList());
    return codecs.isEmpty()
        ? offered.refused(CANNOT_PLAY)
        : offered.withCodecs(codecs).withDirection(offered.direction().reversed());
  }

  private static Player player(
      ExtensionKind kind, MediaStream stream, RtpPortRange ports, ScheduledExecutorService clock) {
    if (stream.refused()) {
      return Player.SILENT;
    }
    return switch (kind) {
      case ECHO -> new EchoPlayer(ports);
      case TONE -> new TonePlayer(ports, clock, stream.codecs().get(0));
    };
  }

  /** The answer for the caller. */
  public String sdp() {
    return sdp;
  }

  /** Stops playing and gives the ports back. Idempotent. */
  @Override
  public void close() {
    players.forEach(Player::close);
  }

  /** Where a player plays to. */
  static void connect(RtpPort port, PlainSdp.Section section) {
    InetSocketAddress rtp = section.rtp();
    InetSocketAddress rtcp = section.rtcp();
    if (rtp != null) {
      port.connect(rtp, rtcp == null ? rtp : rtcp);
    }
  }
}
