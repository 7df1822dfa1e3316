package org.ringdown.gateway.testkit.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sound.Ear;
import org.ringdown.gateway.sound.Mouth;
import org.ringdown.gateway.sound.Recording;

/** What actors record; written when the run is over. Safe from any thread. */
public final class Recordings {
  private final Map<Path, Recording> recordings = new LinkedHashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private final Trace trace;
  private final @Nullable Path directory;

  Recordings(Trace trace, @Nullable Path directory) {
    this.trace = trace;
    this.directory = directory;
  }

  /** A call of an actor begins: it is recorded, if all are. */
  public synchronized void onCall(String actor, Mouth mouth, Ear ear) {
    if (directory != null) {
      int number = calls.merge(actor, 1, Integer::sum);
      begin(directory.resolve(actor + "-" + number + ".wav"), mouth, ear);
    }
  }

  /**
   * Records what a call's ear and mouth hear and say from now on.
   *
   * @throws StepFailure if that file could not be written
   */
  public synchronized void begin(String actor, Path file, Mouth mouth, Ear ear) throws StepFailure {
    try {
      write(file, begin(file, mouth, ear));
      trace.note(actor, "records to " + file.getFileName());
    } catch (IOException e) {
      throw new StepFailure("cannot record to " + file, e);
    }
  }

  private Recording begin(Path file, Mouth mouth, Ear ear) {
    Recording recording = new Recording();
    mouth.record(recording);
    ear.record(recording);
    recordings.put(file, recording);
    return recording;
  }

  private static void write(Path file, Recording recording) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    recording.write(file);
  }

  /** Writes them all. */
  synchronized void end() {
    recordings.forEach(
        (file, recording) -> {
          try {
            write(file, recording);
          } catch (IOException e) {
            trace.note("", "cannot record to " + file + ": " + e.getMessage());
          }
        });
    recordings.clear();
  }
}
