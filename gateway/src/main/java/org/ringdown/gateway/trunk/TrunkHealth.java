package org.ringdown.gateway.trunk;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether calls can go over a trunk: up if all that is watched is well, down with the reason if
 * something is not. Safe from any thread.
 */
final class TrunkHealth {
  private static final Logger log = LoggerFactory.getLogger(TrunkHealth.class);
  private static final String NOT_KNOWN_YET = "?";

  /** How a trunk stands. */
  enum State {
    /** Nothing is known yet; calls are tried. */
    STARTING,
    /** All is well. */
    UP,
    /** Something is wrong; no call goes out. */
    DOWN
  }

  /** What is watched of a trunk. */
  enum Aspect {
    /** Our registration there. */
    REGISTRATION,
    /** Its answer to OPTIONS. */
    REACHABILITY
  }

  /** How a trunk stands, why ("" if well), and since when. */
  record View(State state, String reason, Instant since) {}

  private final String trunk;
  private final Clock clock;
  private final Map<Aspect, String> troubles = new EnumMap<>(Aspect.class);
  private View view;

  /** Nothing is watched until {@link #watch} says so. */
  TrunkHealth(String trunk, Clock clock) {
    this.trunk = trunk;
    this.clock = clock;
    this.view = new View(State.UP, "", clock.instant());
  }

  /** News of this aspect will come; until then the trunk is starting. */
  synchronized void watch(Aspect aspect) {
    troubles.put(aspect, NOT_KNOWN_YET);
    update();
  }

  /** This aspect is well. */
  synchronized void well(Aspect aspect) {
    troubles.put(aspect, "");
    update();
  }

  /** Something is wrong with this aspect: a sentence for a person. */
  synchronized void trouble(Aspect aspect, String reason) {
    troubles.put(aspect, reason);
    update();
  }

  private void update() {
    String reason =
        troubles.values().stream()
            .filter(text -> !text.isEmpty() && !text.equals(NOT_KNOWN_YET))
            .findFirst()
            .orElse("");
    State state =
        !reason.isEmpty()
            ? State.DOWN
            : troubles.containsValue(NOT_KNOWN_YET) ? State.STARTING : State.UP;
    if (state != view.state() || !reason.equals(view.reason())) {
      boolean turned = state != view.state();
      view = new View(state, reason, turned ? clock.instant() : view.since());
      tell(turned);
    }
  }

  private void tell(boolean turned) {
    if (!turned) {
      log.debug("trunk {} is still {}: {}", trunk, view.state(), view.reason());
    } else if (view.state() == State.DOWN) {
      log.warn("trunk {} is down: {}", trunk, view.reason());
    } else if (view.state() == State.UP) {
      log.info("trunk {} is up", trunk);
    }
  }

  synchronized View view() {
    return view;
  }
}
