package org.ringdown.gateway.media.leg;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.Description;
import org.ringdown.gateway.sdp.LocalDescription;

/** What has been said to a leg, with one session number for the leg's life. Not thread-safe. */
final class LocalText {
  private @Nullable LocalDescription last;

  /** The text of a description; its version rises only if it says something new. */
  String say(Description description) {
    LocalDescription before = last;
    LocalDescription now =
        before == null
            ? LocalDescription.first(ThreadLocalRandom.current().nextLong(1L << 62), description)
            : before.next(description);
    last = now;
    return now.text();
  }

  /** The last text; empty before the first. */
  String last() {
    LocalDescription said = last;
    return said == null ? "" : said.text();
  }
}
