package org.ringdown.gateway.bridge.reason;

import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;

/** Why a transfer, or a call that wants to take another one's place, cannot be. */
public final class TransferReasons {
  /** The call's state does not allow it: it may do so later (RFC 3261 section 14.2). */
  public static final EndReason NOT_NOW =
      new EndReason(Kind.REFUSED, By.GATEWAY, 491, 0, "The call cannot be transferred now.");

  /** The other call is none of ours, or over (RFC 3891 section 3). */
  public static final EndReason LOST =
      new EndReason(Kind.REFUSED, By.GATEWAY, 481, 0, "The other call is not here any more.");

  /** Who stays cannot call somebody else by itself. */
  public static final EndReason CANNOT = EndReason.of(Kind.REFUSED, By.GATEWAY);

  /** Who may not take the place of the leg in question. */
  public static final EndReason NOT_YOURS =
      EndReason.byGateway(Kind.FORBIDDEN, "The dialog to replace is somebody else's.");

  private TransferReasons() {}
}
