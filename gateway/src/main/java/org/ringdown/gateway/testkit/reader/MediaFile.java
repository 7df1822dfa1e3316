package org.ringdown.gateway.testkit.reader;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.ringdown.gateway.sound.Clip;
import org.ringdown.gateway.testkit.capture.RtpCapture;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Place;

/** The files of sound that steps name. */
final class MediaFile {
  private MediaFile() {}

  /**
   * Why such a step would not find what it needs, if it would not; nothing while variables are not
   * filled in.
   *
   * @param onFile told of each file that is read
   */
  static Optional<String> complaint(Place place, Phrase phrase, Consumer<Path> onFile) {
    String name = phrase.find("file").orElse("");
    if (name.isEmpty() || phrase.words().values().stream().anyMatch(word -> word.contains("${"))) {
      return Optional.empty();
    }
    try {
      read(place.sibling(name), phrase, onFile);
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of("\"" + name + "\" cannot be the name of a file");
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void read(Path file, Phrase phrase, Consumer<Path> onFile) throws IOException {
    switch (phrase.verb()) {
      case PLAYS_FILE -> {
        onFile.accept(file);
        Clip.read(file);
      }
      case REPLAYS -> {
        onFile.accept(file);
        RtpCapture.read(file, phrase.find("stream"));
      }
      default -> {
        // what is recorded to is there afterwards
      }
    }
  }
}
