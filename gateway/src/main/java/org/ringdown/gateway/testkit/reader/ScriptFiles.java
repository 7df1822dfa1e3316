package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Place;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The files that a script consists of, and who is told of each. Not thread-safe. */
final class ScriptFiles {
  private static final String ROW = "at least one row such as {codec: PCMA}";

  private final Mistakes mistakes;
  private final Consumer<Path> onFile;

  ScriptFiles(Mistakes mistakes, Consumer<Path> onFile) {
    this.mistakes = mistakes;
    this.onFile = onFile;
  }

  /** A file of steps, or a script, that is asked for there. */
  YamlFile yaml(Path path, Place named) {
    onFile.accept(path);
    return YamlFile.read(path, named, mistakes);
  }

  /**
   * A list of mappings, or a CSV file of that name beside the script; without any, one empty row.
   */
  ImmutableList<ImmutableMap<String, String>> table(YamlFile yaml, @Nullable Node node) {
    if (node != null && yaml.isText(node)) {
      Path path = yaml.sibling(yaml.text(node, "the name of a CSV file"));
      onFile.accept(path);
      return orEmptyRow(CsvTable.read(path, yaml.place(node), mistakes));
    }
    List<Node> rows = yaml.list(node, "rows such as {codec: PCMA}, or the name of a CSV file");
    if (node instanceof SequenceNode && rows.isEmpty()) {
      yaml.mistake(node, "expected " + ROW);
    }
    return orEmptyRow(rows.stream().map(yaml::texts).collect(ImmutableList.toImmutableList()));
  }

  private static ImmutableList<ImmutableMap<String, String>> orEmptyRow(
      ImmutableList<ImmutableMap<String, String>> rows) {
    return rows.isEmpty() ? ImmutableList.of(ImmutableMap.of()) : rows;
  }

  /** What is wrong with the file of sound that a step names, if it names one. */
  Optional<String> complaint(Place place, Phrase phrase) {
    return MediaFile.complaint(place, phrase, onFile);
  }
}
