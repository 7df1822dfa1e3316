package org.ringdown.gateway.testkit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ringdown.gateway.sound.Clip;
import org.ringdown.gateway.sound.Ear;
import org.ringdown.gateway.sound.Mouth;
import org.ringdown.gateway.testkit.capture.RtpCapture;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;

/**
 * The sentences about the sound of a call, for actors who make and take their packets themselves.
 * Safe from any thread.
 */
public final class SoundSteps {
  private final Stage stage;
  private final String actor;
  private final Hearing hearing;

  /** For one actor. */
  public SoundSteps(Stage stage, String actor) {
    this.stage = stage;
    this.actor = actor;
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
   * @throws StepFailure if what should be heard is not, or a file cannot be read or written
   */
  public boolean perform(Phrase phrase, Mouth mouth, Ear ear)
      throws StepFailure, InterruptedException {
    switch (phrase.verb()) {
      case PLAYS -> mouth.play(Integer.parseInt(phrase.get("hz")));
      case PLAYS_FILE -> play(phrase, mouth);
      case REPLAYS -> replay(phrase, mouth);
      case FINISHES -> finish(mouth);
      case STOPS_SENDING -> mouth.stop();
      case LOSES -> mouth.lose(Integer.parseInt(phrase.get("percent").replace("%", "")));
      case RECORDS -> stage.recordings().begin(actor, file(phrase), mouth, ear);
      case HEARS -> hearing.tone(ear, Integer.parseInt(phrase.get("hz")), stage.within(phrase));
      case HEARS_NOTHING -> hearing.nothing(ear, phrase.find("for").map(Phrase::duration));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Path file(Phrase phrase) {
    return Path.of(phrase.get("file"));
  }

  private void play(Phrase phrase, Mouth mouth) throws StepFailure {
    var dumb = mouth.voice().filter(voice -> !voice.sounds());
    if (dumb.isPresent()) {
      throw new StepFailure(
          "the call is in " + dumb.get() + "; the kit makes sound in PCMA and PCMU only");
    }
    try {
      mouth.play(Clip.read(file(phrase)), phrase.find("in").isPresent());
    } catch (IOException e) {
      throw new StepFailure(String.valueOf(e.getMessage()));
    }
  }

  private void replay(Phrase phrase, Mouth mouth) throws StepFailure {
    try {
      RtpCapture capture = RtpCapture.read(file(phrase), phrase.find("stream"));
      mouth.replay(capture.packets());
      stage.trace().note(actor, "replays " + capture);
    } catch (IOException e) {
      throw new StepFailure(String.valueOf(e.getMessage()));
    }
  }

  private void finish(Mouth mouth) throws StepFailure, InterruptedException {
    Duration limit = mouth.left().plus(stage.replies());
    boolean over =
        stage
            .trace()
            .await(limit, () -> mouth.isPlaying() ? Optional.empty() : Optional.of(true))
            .isPresent();
    if (!over) {
      throw new StepFailure("still playing; is there a call that it can be heard in?");
    }
  }
}
