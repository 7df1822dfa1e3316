package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.yaml.Spelling;
import org.ringdown.gateway.testkit.script.Place;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML file as nodes that know their lines. Not thread-safe. */
final class YamlFile {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new CoreSchema()).build();

  private final Place start;
  private final @Nullable Node root;
  private final Mistakes mistakes;

  private YamlFile(Place start, @Nullable Node root, Mistakes mistakes) {
    this.start = start;
    this.root = root;
    this.mistakes = mistakes;
  }

  /**
   * Reads a file.
   *
   * @param named where it is asked for
   */
  static YamlFile read(Path path, Place named, Mistakes mistakes) {
    Place start = new Place(path.toString(), 1);
    try {
      return of(start, Files.readString(path), mistakes);
    } catch (NoSuchFileException e) {
      mistakes.add(named, "there is no file " + path);
    } catch (CharacterCodingException e) {
      mistakes.add(start, "is not UTF-8 text");
    } catch (IOException e) {
      mistakes.add(start, "cannot be read: " + e.getMessage());
    }
    return new YamlFile(start, null, mistakes);
  }

  /** A text whose first line is at this place. */
  static YamlFile of(Place start, String text, Mistakes mistakes) {
    try {
      return new YamlFile(start, new Compose(SETTINGS).composeString(text).orElse(null), mistakes);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine()).orElse(0);
      mistakes.add(
          new Place(start.file(), start.line() + line), "is not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      mistakes.add(start, "is not valid YAML: " + e.getMessage());
    }
    return new YamlFile(start, null, mistakes);
  }

  @Nullable Node root() {
    return root;
  }

  /** Whether this is that file. */
  boolean is(Path path) {
    return Path.of(start.file()).normalize().equals(path.normalize());
  }

  /** A file named in this one. */
  Path sibling(String name) {
    return start.sibling(name);
  }

  Place place(@Nullable Node node) {
    int line = Optional.ofNullable(node).flatMap(Node::getStartMark).map(Mark::getLine).orElse(0);
    return new Place(start.file(), start.line() + line);
  }

  void mistake(@Nullable Node node, String text) {
    mistakes.add(place(node), text);
  }

  /** The pairs of a mapping, in their order. */
  Map<String, Node> mapping(@Nullable Node node, String expected) {
    Map<String, Node> pairs = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      mistake(node, "expected " + expected);
      return pairs;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        mistake(tuple.getKeyNode(), "a name must be plain text");
      } else if (pairs.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        mistake(key, key.getValue() + " stands here twice");
      }
    }
    return pairs;
  }

  /** Complains about keys that are none of these. */
  void allow(Map<String, Node> pairs, Set<String> known) {
    pairs.forEach(
        (key, node) -> {
          if (!known.contains(key)) {
            mistake(node, Spelling.unknown(key, known));
          }
        });
  }

  ImmutableList<Node> list(@Nullable Node node, String expected) {
    if (node == null) {
      return ImmutableList.of();
    }
    if (node instanceof SequenceNode sequence) {
      return ImmutableList.copyOf(sequence.getValue());
    }
    mistake(node, "expected a list of " + expected);
    return ImmutableList.of();
  }

  boolean isText(Node node) {
    return node instanceof ScalarNode && !isNull(node);
  }

  boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  String text(Node node, String expected) {
    if (isText(node)) {
      return ((ScalarNode) node).getValue();
    }
    mistake(node, "expected " + expected);
    return "";
  }

  /** A mapping of names to texts; null reads as an empty one. */
  ImmutableMap<String, String> texts(@Nullable Node node) {
    if (node == null) {
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    mapping(node, "names and values")
        .forEach((key, value) -> texts.put(key, text(value, "a value for " + key)));
    return texts.buildOrThrow();
  }

  /** Any value as plain objects. */
  @Nullable Object value(Node node) {
    return new StandardConstructor(SETTINGS).constructSingleDocument(Optional.of(node));
  }

  /** A value as YAML text again. */
  String dump(Node node) {
    return new Dump(DumpSettings.builder().build()).dumpToString(value(node));
  }
}
