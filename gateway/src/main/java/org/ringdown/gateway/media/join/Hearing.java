package org.ringdown.gateway.media.join;

import com.google.common.base.Ticker;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which joint of a session is heard: one at a time, and nothing passes as long as a leg holds the
 * call. Not thread-safe: under the session's monitor.
 */
public final class Hearing {
  private final Ticker clock;
  private final Set<String> holders = new HashSet<>();
  private @Nullable CalledLeg heard;

  /** Nobody is heard yet. */
  public Hearing(Ticker clock) {
    this.clock = clock;
  }

  /** From now on this leg is heard, if it has a joint. */
  public void hear(CalledLeg leg) {
    Joint joint = leg.joint();
    if (joint == null) {
      return;
    }
    stop();
    heard = leg;
    joint.connect(isHeld());
    expectSound(joint);
  }

  /** Nobody is heard any more. */
  public void stop() {
    Joint joint = joint();
    if (joint != null) {
      joint.disconnect();
    }
    heard = null;
  }

  /** The called leg whose joint is heard. */
  public @Nullable CalledLeg heard() {
    return heard;
  }

  /** The joint that is heard. */
  @Nullable Joint joint() {
    return heard == null ? null : heard.joint();
  }

  private void expectSound(Joint joint) {
    long now = clock.read();
    joint.legs().forEach(leg -> leg.events().joined(now));
  }

  /** A leg holds the call, or takes that back. */
  public void hold(String holder, boolean holds) {
    boolean changed = holds ? holders.add(holder) : holders.remove(holder);
    Joint joint = joint();
    if (changed && joint != null) {
      joint.connect(isHeld());
      expectSound(joint);
    }
  }

  private boolean isHeld() {
    return !holders.isEmpty();
  }

  /** Whether another leg than this one holds the call. */
  boolean isHeldFrom(String leg) {
    return holders.stream().anyMatch(holder -> !holder.equals(leg));
  }

  /** A leg is not here any more. */
  public void forget(String leg) {
    holders.remove(leg);
  }

  /**
   * Legs have changed what they agree on.
   *
   * @param renumbered whether payload types are other ones now
   */
  void rejoin(Collection<CalledLeg> called, boolean renumbered) {
    for (CalledLeg leg : called) {
      Joint joint = leg.joint();
      if (joint != null && renumbered) {
        joint.renumber();
      }
      if (joint != null && leg == heard) {
        joint.connect(isHeld());
      }
    }
  }
}
