package org.ringdown.webrtc.page;

import java.util.Locale;

/** How far a call of a page is. */
enum CallPhase {
  /** Nothing is known of the other side. */
  TRYING,
  /** The called side alerts. */
  RINGING,
  /** The page has its answer, the called side has not picked up. */
  EARLY,
  /** Picked up. */
  CONNECTED,
  /** Over; every verb is ignored. */
  ENDED;

  /** As it stands in JSON. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
