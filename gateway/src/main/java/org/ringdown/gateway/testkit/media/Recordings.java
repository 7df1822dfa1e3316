package org.ringdown.gateway.testkit.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ringdown.gateway.sound.Ear;
import org.ringdown.gateway.sound.Mouth;
import org.ringdown.gateway.sound.Recording;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;

/** What one actor records; written when it leaves. Safe from any thread. */
final class Recordings {
  private final Map<Path, Recording> recordings = new LinkedHashMap<>();
  private final Trace trace;
  private final String actor;

  Recordings(Trace trace, String actor) {
    this.trace = trace;
    this.actor = actor;
  }

  /**
   * Records what a call's ear and mouth hear and say from now on.
   *
   * @throws StepFailure if that file could not be written
   */
  synchronized void begin(Path file, Mouth mouth, Ear ear) throws StepFailure {
    Recording recording = new Recording();
    write(file, recording); // so that a file that cannot be written is told of at its step
    mouth.record(recording);
    ear.record(recording);
    recordings.put(file, recording);
    trace.note(actor, "records to " + file.getFileName());
  }

  private static void write(Path file, Recording recording) throws StepFailure {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      recording.write(file);
    } catch (IOException e) {
      throw new StepFailure("cannot record to " + file, e);
    }
  }

  /** Writes them all. */
  synchronized void end() {
    recordings.forEach(
        (file, recording) -> {
          try {
            write(file, recording);
          } catch (StepFailure e) {
            trace.note(actor, e.text());
          }
        });
    recordings.clear();
  }
}
