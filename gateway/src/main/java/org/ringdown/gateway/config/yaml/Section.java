package org.ringdown.gateway.config.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.yaml.ValueType.BadValue;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A section of the file: reads its settings by type and notes what is wrong with them. A setting
 * that is absent or wrong reads as the value to fall back to, so that one reading finds every
 * problem. Not thread-safe: one load's own.
 */
public final class Section {
  private final String path;
  private final Problems problems;
  private final Substitution substitution;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  /** The file's outermost section; {@code node} null for an empty file. */
  public Section(@Nullable Node node, Problems problems, Substitution substitution) {
    this("", node, problems, substitution);
  }

  private Section(String path, @Nullable Node node, Problems problems, Substitution substitution) {
    this.path = path;
    this.problems = problems;
    this.substitution = substitution;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::enter);
    } else if (node != null && !isNull(node)) {
      problems.add(path.isEmpty() ? "file" : path, show(node) + "; expected a section of settings");
    }
  }

  /** Reads all of a section and then reports the keys that nothing was read from. */
  public <T> T read(Function<Section, T> reader) {
    T result = reader.apply(this);
    nodes.keySet().stream().filter(key -> !known.contains(key)).forEach(this::reportUnknown);
    return result;
  }

  /** A setting that always has a value. */
  public <T> T value(String key, T fallback, ValueType<T> type) {
    Node node = node(key);
    if (node == null) {
      return fallback;
    }
    T value = scalar(path(key), node, type);
    return value == null ? fallback : value;
  }

  /** A setting that {@code null} turns off. */
  public <T> @Nullable T nullable(String key, @Nullable T fallback, ValueType<T> type) {
    Node node = node(key);
    if (node == null) {
      return fallback;
    }
    return isNull(node) ? null : scalar(path(key), node, type);
  }

  /** A secret, or {@code null} if there is none; its text appears in no problem. */
  public @Nullable Secret secret(String key) {
    Node node = node(key);
    if (node == null || isNull(node)) {
      return null;
    }
    if (node instanceof ScalarNode scalar) {
      try {
        return new Secret(substitution.apply(scalar.getValue()));
      } catch (BadValue e) {
        problems.add(path(key), e.problem());
      }
    } else {
      problems.add(path(key), "is not one value; expected text");
    }
    return Secret.NONE;
  }

  /** A list of values. */
  public <T> ImmutableList<T> list(String key, ImmutableList<T> fallback, ValueType<T> type) {
    Node node = node(key);
    if (node == null) {
      return fallback;
    }
    ImmutableList.Builder<T> values = ImmutableList.builder();
    List<Node> items = items(path(key), node, type.expected());
    for (int index = 0; index < items.size(); index++) {
      T value = scalar(locate(path(key), index, items.get(index)), items.get(index), type);
      if (value != null) {
        values.add(value);
      }
    }
    return values.build();
  }

  /** A list of values, or one value by itself; absent, none. */
  public <T> ImmutableList<T> oneOrMore(String key, ValueType<T> type) {
    if (!(node(key) instanceof ScalarNode scalar)) {
      return list(key, ImmutableList.of(), type);
    }
    T value = scalar(path(key), scalar, type);
    return value == null ? ImmutableList.of() : ImmutableList.of(value);
  }

  /** A list of values, or one of them without the brackets; {@code null} for none. */
  public <T> ImmutableList<T> oneOrMore(String key, ImmutableList<T> fallback, ValueType<T> type) {
    Node node = node(key);
    if (!(node instanceof ScalarNode) || isNull(node)) {
      return list(key, fallback, type);
    }
    T value = scalar(path(key), node, type);
    return value == null ? fallback : ImmutableList.of(value);
  }

  /** A section within this one; absent, it reads as an empty one. */
  public <T> T section(String key, Function<Section, T> reader) {
    return new Section(path(key), node(key), problems, substitution).read(reader);
  }

  /** A list of sections. */
  public <T> ImmutableList<T> sections(String key, Function<Section, T> reader) {
    Node node = node(key);
    if (node == null) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<T> values = ImmutableList.builder();
    List<Node> items = items(path(key), node, "a section of settings");
    for (int index = 0; index < items.size(); index++) {
      String at = locate(path(key), index, items.get(index));
      values.add(new Section(at, items.get(index), problems, substitution).read(reader));
    }
    return values.build();
  }

  /** Sections whose keys are names of the operator's choice. */
  public <T> ImmutableMap<String, T> namedSections(
      String key, ValueType<String> names, Function<Section, T> reader) {
    return section(key, outer -> outer.byName(names, name -> outer.section(name, reader)));
  }

  /** Values whose keys are names of the operator's choice. */
  public <T> ImmutableMap<String, T> namedValues(
      String key, ImmutableMap<String, T> fallback, ValueType<String> names, ValueType<T> type) {
    if (node(key) == null) {
      return fallback;
    }
    return section(key, outer -> outer.byName(names, name -> outer.nullable(name, null, type)));
  }

  /** Notes that the section as a whole cannot be used, unless something in it is wrong anyway. */
  public void reject(String text) {
    if (!problems.concern(path)) {
      problems.add(path, text);
    }
  }

  private <T> ImmutableMap<String, T> byName(
      ValueType<String> names, Function<String, @Nullable T> reader) {
    ImmutableMap.Builder<String, T> values = ImmutableMap.builder();
    for (String name : nodes.keySet()) {
      try {
        names.parser().parse(name);
      } catch (BadValue e) {
        problems.add(path(name), complaint(name, e, names));
      }
      T value = reader.apply(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values.buildOrThrow();
  }

  private <T> @Nullable T scalar(String at, Node node, ValueType<T> type) {
    if (!(node instanceof ScalarNode scalar) || isNull(node)) {
      problems.add(at, show(node) + "; expected " + type.expected());
      return null;
    }
    try {
      return type.parser().parse(substitution.apply(scalar.getValue()));
    } catch (BadValue e) {
      problems.add(at, complaint(scalar.getValue(), e, type));
      return null;
    }
  }

  private List<Node> items(String at, Node node, String expected) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    if (!isNull(node)) {
      problems.add(at, show(node) + "; expected a list, each " + expected);
    }
    return List.of();
  }

  private void enter(NodeTuple tuple) {
    int line = line(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
      problems.add(path.isEmpty() ? "file" : path, line, "has a key that is not plain text");
      return;
    }
    String key = keyNode.getValue();
    problems.locate(path(key), line);
    if (nodes.putIfAbsent(key, tuple.getValueNode()) != null) {
      problems.add(path(key), line, "is set twice; expected each key once");
    }
  }

  private void reportUnknown(String key) {
    problems.add(path(key), "unknown key; " + Spelling.hint(key, known));
  }

  private @Nullable Node node(String key) {
    known.add(key);
    return nodes.get(key);
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String locate(String list, int index, Node item) {
    String at = list + "[" + index + "]";
    problems.locate(at, line(item));
    return at;
  }

  private static String complaint(String text, BadValue problem, ValueType<?> type) {
    return '"' + text + "\" " + problem.problem() + "; expected " + type.expected();
  }

  private static String show(Node node) {
    if (isNull(node)) {
      return "is empty";
    }
    return switch (node.getNodeType()) {
      case MAPPING -> "is a section";
      case SEQUENCE -> "is a list";
      default -> "is a single value";
    };
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
