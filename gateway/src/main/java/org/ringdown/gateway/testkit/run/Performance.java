package org.ringdown.gateway.testkit.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Place;
import org.ringdown.gateway.testkit.script.Step;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;

/** The steps of one run, done one by one. Steps that go together have a thread each. */
final class Performance {
  private final Cast cast;
  private final Trace trace;
  private final Consumer<StepResult> onResult;

  Performance(Cast cast, Trace trace, Consumer<StepResult> onResult) {
    this.cast = cast;
    this.trace = trace;
    this.onResult = onResult;
  }

  /**
   * Does the steps in order.
   *
   * @throws StepFailure of the first that fails; the others are left out
   */
  void play(List<Step> steps, Variables variables) throws StepFailure, InterruptedException {
    for (Step step : steps) {
      play(step, variables);
    }
  }

  private void play(Step step, Variables variables) throws StepFailure, InterruptedException {
    if (step instanceof Step.Act act) {
      act(act, variables);
    } else if (step instanceof Step.Pause pause) {
      String time = variables.fill(pause.time());
      timed(pause.place(), "wait " + time, () -> Thread.sleep(Phrase.duration(time).toMillis()));
    } else if (step instanceof Step.Together together) {
      together(together.steps(), variables);
    } else if (step instanceof Step.Each each) {
      for (ImmutableMap<String, String> row : each.rows()) {
        play(each.steps(), variables.with(filled(row, variables)));
      }
    } else {
      throw new AssertionError(step);
    }
  }

  private static Map<String, String> filled(ImmutableMap<String, String> row, Variables variables) {
    ImmutableMap.Builder<String, String> filled = ImmutableMap.builder();
    row.forEach((name, value) -> filled.put(name, variables.fill(value)));
    return filled.buildOrThrow();
  }

  private void act(Step.Act act, Variables variables) throws StepFailure, InterruptedException {
    String sentence = variables.fill(act.sentence());
    Options options = variables.fill(act.options());
    timed(
        act.place(),
        act.actor() + ": " + sentence,
        () -> cast.actor(act.actor()).perform(phrase(act.place(), sentence), options, variables));
  }

  private Phrase phrase(Place place, String sentence) throws StepFailure {
    try {
      Phrase phrase = Phrase.parse(sentence);
      ImmutableMap.Builder<String, String> words = ImmutableMap.builder();
      phrase.words().forEach((slot, word) -> words.put(slot, meant(place, slot, word)));
      return new Phrase(phrase.verb(), words.buildOrThrow());
    } catch (Phrase.MalformedPhrase e) {
      throw new StepFailure(
          "with its variables filled in it cannot be understood: " + e.getMessage());
    }
  }

  private String meant(Place place, String slot, String word) {
    return switch (slot) {
      case "target" -> cast.target(word);
      case "file" -> place.sibling(word).toString();
      default -> word;
    };
  }

  private void timed(Place place, String text, Work work) throws StepFailure, InterruptedException {
    long began = trace.nanos();
    try {
      work.run();
      onResult.accept(new StepResult(place, text, began, trace.nanos() - began, null));
    } catch (StepFailure e) {
      String failure = e.text();
      onResult.accept(new StepResult(place, text, began, trace.nanos() - began, failure));
      throw new StepFailure(place + ": " + text + ": " + failure);
    } catch (InterruptedException e) {
      onResult.accept(
          new StepResult(place, text, began, trace.nanos() - began, StepResult.INTERRUPTED));
      throw e;
    }
  }

  private void together(ImmutableList<Step> steps, Variables variables)
      throws StepFailure, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, steps.size()));
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Step step : steps) {
        running.add(
            threads.submit(
                () -> {
                  play(step, variables);
                  return null;
                }));
      }
      StepFailure first = null;
      for (Future<?> each : running) {
        try {
          each.get();
        } catch (ExecutionException e) {
          first = first == null ? failure(e) : first;
        }
      }
      if (first != null) {
        throw first;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static StepFailure failure(ExecutionException e) {
    return e.getCause() instanceof StepFailure failure
        ? failure
        : new StepFailure("the kit failed: " + e.getCause());
  }

  /** What a step does. */
  private interface Work {
    void run() throws StepFailure, InterruptedException;
  }
}
