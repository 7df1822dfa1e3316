package org.ringdown.gateway.bridge;

import org.ringdown.gateway.call.Side;

/** Hears the digits that a side sends outside of its media. */
@FunctionalInterface
interface DigitListener {
  void onDigits(Side from, String digits, int durationMs, int gapMs);
}
