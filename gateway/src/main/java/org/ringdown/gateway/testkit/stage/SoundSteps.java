package org.ringdown.gateway.testkit.stage;

import org.ringdown.gateway.sound.Ear;
import org.ringdown.gateway.sound.Mouth;
import org.ringdown.gateway.testkit.script.Phrase;

/**
 * The sentences about the sound of a call, for actors who make and take their packets themselves.
 * Safe from any thread.
 */
public final class SoundSteps {
  private final Stage stage;
  private final Hearing hearing;

  /** For one actor. */
  public SoundSteps(Stage stage, String actor) {
    this.stage = stage;
    this.hearing = new Hearing(stage.trace(), actor);
  }

  /** For digits, which phones and pages hear in different ways. */
  public Hearing hearing() {
    return hearing;
  }

  /**
   * Does it, if the sentence is about sound.
   *
   * @return whether it is
   * @throws StepFailure if what should be heard is not
   */
  public boolean perform(Phrase phrase, Mouth mouth, Ear ear)
      throws StepFailure, InterruptedException {
    switch (phrase.verb()) {
      case PLAYS -> mouth.play(Integer.parseInt(phrase.get("hz")));
      case STOPS_SENDING -> mouth.stop();
      case LOSES -> mouth.lose(Integer.parseInt(phrase.get("percent").replace("%", "")));
      case HEARS -> hearing.tone(ear, Integer.parseInt(phrase.get("hz")), stage.within(phrase));
      case HEARS_NOTHING -> hearing.nothing(ear, phrase.find("for").map(Phrase::duration));
      default -> {
        return false;
      }
    }
    return true;
  }
}
