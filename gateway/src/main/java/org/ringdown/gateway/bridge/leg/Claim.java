package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.ImmutableList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.MediaSession.Moving;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * A call's claim on a side of another call, the far end of a consultation (RFC 5589 section 7). The
 * other call grants it once, refuses it once, or lets it lie once it is withdrawn. Made on the
 * executor of the one call, used on that of the other.
 */
public final class Claim {
  private final Executor call;
  private final Side side;
  private final String name;
  private final Supplier<ImmutableList<MediaStream>> company;
  private final Claimant claimant;
  private volatile boolean withdrawn;

  /** Who claims; hears of it on its own executor. */
  public interface Claimant {
    /** The leg sits in the claiming call, where nobody has given it a side yet. */
    void granted(Leg leg, Past past, Moving media);

    /** The other call keeps its sides. */
    void refused(EndReason reason);
  }

  /**
   * A claim.
   *
   * @param call runs what concerns the claiming call
   * @param side the one that the leg is to take there
   * @param name what it is to be called in the media
   * @param company what the leg that it is to be joined with has agreed on
   */
  public Claim(
      Executor call,
      Side side,
      String name,
      Supplier<ImmutableList<MediaStream>> company,
      Claimant claimant) {
    this.call = call;
    this.side = side;
    this.name = name;
    this.company = company;
    this.claimant = claimant;
  }

  /** What the leg that it is to be joined with has agreed on. */
  public ImmutableList<MediaStream> company() {
    return company.get();
  }

  /** The claiming call has no use for it any more. */
  public void withdraw() {
    withdrawn = true;
  }

  /** Whether the claiming call has no use for it any more. */
  public boolean isWithdrawn() {
    return withdrawn;
  }

  /** The other call keeps the side. */
  public void refuse(EndReason reason) {
    call.execute(() -> claimant.refused(reason));
  }

  /** Gives a leg away, which from now on is heard in the claiming call. */
  public void grant(Leg leg, Moving media, Past past) {
    LegRef as = leg.media().named(name);
    leg.seat()
        .leave(
            new Seat.Place(call, new LegListener() {}, side, as),
            () -> claimant.granted(leg, past, media));
  }
}
