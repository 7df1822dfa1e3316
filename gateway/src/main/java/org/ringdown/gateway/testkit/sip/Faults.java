package org.ringdown.gateway.testkit.sip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.sip.message.SipEvents;
import org.ringdown.gateway.testkit.stage.Happening.Kind;
import org.ringdown.gateway.testkit.stage.Trace;
import org.ringdown.sip.wire.SipText;

/** What becomes of the messages on the wire, by the rules of a script. Safe from any thread. */
final class Faults {
  private static final long LONGEST_HOLD_MS = 2000;

  private final Trace trace;
  private final String actor;
  private final ScheduledExecutorService timer;
  private final List<Rule> rules = new ArrayList<>();
  private @Nullable Runnable heldSent;
  private @Nullable Runnable heldReceived;

  Faults(Trace trace, String actor, ScheduledExecutorService timer) {
    this.trace = trace;
    this.actor = actor;
    this.timer = timer;
  }

  synchronized void add(Rule rule) {
    rules.add(rule);
  }

  /** Passes a message on, as the first rule for it says. */
  void pass(SipText message, boolean sent, Runnable on) {
    Rule rule = first(message, sent);
    Runnable before = rule == null || rule.what() != What.REORDER ? release(sent) : null;
    if (rule == null) {
      on.run();
    } else {
      trace.add(actor, Kind.LOST, message.summary() + " (" + rule.what().past + ")", arrow(sent));
      apply(rule, sent, on);
    }
    if (before != null) {
      before.run();
    }
  }

  private static String arrow(boolean sent) {
    return sent ? "sent" : "received";
  }

  private synchronized @Nullable Rule first(SipText message, boolean sent) {
    for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
      Rule rule = each.next();
      if (rule.sent() == sent && rule.fits().test(message)) {
        rule.count.seen++;
        if (rule.count.isOver()) {
          each.remove();
        }
        if (rule.count.applies()) {
          return rule;
        }
      }
    }
    return null;
  }

  private void apply(Rule rule, boolean sent, Runnable on) {
    switch (rule.what()) {
      case DROP -> {}
      case DUPLICATE -> {
        on.run();
        on.run();
      }
      case DELAY -> later(on, rule.by().toMillis());
      case REORDER -> hold(sent, on);
    }
  }

  private synchronized void hold(boolean sent, Runnable on) {
    if (sent) {
      heldSent = on;
    } else {
      heldReceived = on;
    }
    later(() -> flush(sent), LONGEST_HOLD_MS);
  }

  private void later(Runnable task, long delayMs) {
    Future<?> unused = timer.schedule(task, delayMs, TimeUnit.MILLISECONDS);
  }

  private void flush(boolean sent) {
    Runnable held = release(sent);
    if (held != null) {
      held.run();
    }
  }

  private synchronized @Nullable Runnable release(boolean sent) {
    Runnable held = sent ? heldSent : heldReceived;
    if (sent) {
      heldSent = null;
    } else {
      heldReceived = null;
    }
    return held;
  }

  /** What a rule does. */
  enum What {
    DROP("lost"),
    DELAY("late"),
    DUPLICATE("twice"),
    REORDER("out of order");

    private final String past;

    What(String past) {
      this.past = past;
    }
  }

  /** A rule. */
  record Rule(What what, Count count, Predicate<SipText> fits, boolean sent, Duration by) {
    /** What a sentence says. */
    static Rule of(Phrase phrase) {
      What what =
          switch (phrase.verb()) {
            case DROPS -> What.DROP;
            case DELAYS -> What.DELAY;
            case DUPLICATES -> What.DUPLICATE;
            default -> What.REORDER;
          };
      return new Rule(
          what,
          Count.of(phrase.get("count")),
          SipEvents.of(phrase.get("event")),
          phrase.get("direction").equals("sent"),
          phrase.time("time", Duration.ZERO));
    }
  }

  /** Which of the messages that fit. */
  static final class Count {
    private final int from;
    private final int to;
    private int seen;

    private Count(int from, int to) {
      this.from = from;
      this.to = to;
    }

    /** {@code every}, {@code first}, {@code 2nd}, or how many. */
    static Count of(String word) {
      return switch (word) {
        case "every" -> new Count(1, Integer.MAX_VALUE);
        case "first", "next" -> new Count(1, 1);
        case "second" -> new Count(2, 2);
        case "third" -> new Count(3, 3);
        default -> numbered(word);
      };
    }

    private static Count numbered(String word) {
      int number = Integer.parseInt(word.replaceAll("\\D", ""));
      return word.matches("\\d+") ? new Count(1, number) : new Count(number, number);
    }

    private boolean applies() {
      return seen >= from && seen <= to;
    }

    private boolean isOver() {
      return seen >= to;
    }
  }
}
