package org.ringdown.gateway.testkit.junit;

import java.io.IOException;
import org.ringdown.gateway.testkit.reader.ScriptException;
import org.ringdown.gateway.testkit.reader.ScriptReader;
import org.ringdown.gateway.testkit.report.Ladder;
import org.ringdown.gateway.testkit.run.Improvisation;
import org.ringdown.gateway.testkit.run.Target;
import org.ringdown.gateway.testkit.script.Place;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.stage.StepFailure;

/** Tells the actors of one test what to do. Safe from any thread. */
final class Director implements AutoCloseable {
  private final Script script;
  private final Improvisation actors;

  Director(Script script, Target target, int patience) {
    this.script = script;
    try {
      actors = new Improvisation(script, target, patience);
    } catch (IOException | StepFailure e) {
      throw new AssertionError("the actors cannot begin: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void tell(String actor, String sentence, String... options) {
    try {
      actors.perform(ScriptReader.step(place(), script.actors(), actor, sentence, options));
    } catch (StepFailure e) {
      throw new AssertionError(
          e.text() + "\n" + String.join("\n", Ladder.of(actors.outcome(e.text()))), e);
    } catch (ScriptException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The line of the test. */
  private static Place place() {
    String here = Director.class.getPackageName() + ".";
    return StackWalker.getInstance()
        .walk(frames -> frames.filter(f -> !isOurs(f.getClassName(), here)).findFirst())
        .map(frame -> new Place(String.valueOf(frame.getFileName()), frame.getLineNumber()))
        .orElse(new Place("test", 0));
  }

  private static boolean isOurs(String type, String here) {
    return type.equals(here + "Director")
        || type.equals(here + "ScriptedPhone")
        || type.equals(here + "ScriptedPage");
  }

  @Override
  public void close() {
    actors.close();
  }
}
