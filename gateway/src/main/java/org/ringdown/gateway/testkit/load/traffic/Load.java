package org.ringdown.gateway.testkit.load.traffic;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to do for some time.
 *
 * @param callsPerSecond calls that are begun each second, 0 for none
 * @param lasts how long calls, registrations and the like are begun; those that go on then are
 *     waited for
 * @param hold how long a call stays up; null for until all is over
 * @param concurrent how many calls may be up at once; 0 for any number
 * @param directions who calls whom, in turn
 * @param registrationsPerSecond registrations that are begun each second, 0 for none
 */
public record Load(
    double callsPerSecond,
    Duration lasts,
    @Nullable Duration hold,
    int concurrent,
    ImmutableList<Direction> directions,
    double registrationsPerSecond) {

  /** The same at another rate of calls. */
  public Load at(double rate) {
    return new Load(rate, lasts, hold, concurrent, directions, registrationsPerSecond);
  }

  /** One of several shares, the first being 0, which together are all of it. */
  public Load share(int number, int of) {
    int most = concurrent * (number + 1) / of - concurrent * number / of;
    return new Load(
        callsPerSecond / of,
        lasts,
        hold,
        concurrent == 0 ? 0 : Math.max(1, most),
        directions,
        registrationsPerSecond / of);
  }

  /** The same for another while. */
  public Load lasting(Duration other) {
    return new Load(callsPerSecond, other, hold, concurrent, directions, registrationsPerSecond);
  }
}
