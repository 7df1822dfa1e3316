package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.yaml.Spelling;
import org.ringdown.gateway.testkit.script.Ability;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Phrase.MalformedPhrase;
import org.ringdown.gateway.testkit.script.Place;
import org.ringdown.gateway.testkit.script.Slot;
import org.ringdown.gateway.testkit.script.Step;
import org.ringdown.gateway.testkit.script.Variables;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads lists of steps, and the files they include. */
final class StepReader {
  /** Steps that are no actor's. */
  static final ImmutableSet<String> WORDS =
      ImmutableSet.of("together", "in order", "for each", "include", "wait");

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of("header", "sdp", "json", "keep", "body");
  private static final int DEEPEST = 8;

  private final ImmutableMap<String, ActorPlan> actors;
  private final ScriptFiles disk;
  private final Deque<YamlFile> files = new ArrayDeque<>();

  private List<Variables> scopes;

  /**
   * Sentences are looked at as they will be in each of these scopes.
   *
   * @param disk where what it names is read
   */
  StepReader(
      YamlFile yaml,
      ImmutableMap<String, ActorPlan> actors,
      List<Variables> scopes,
      ScriptFiles disk) {
    this.actors = actors;
    this.scopes = scopes;
    this.disk = disk;
    files.push(yaml);
  }

  private YamlFile yaml() {
    return files.element();
  }

  ImmutableList<Step> list(@Nullable Node node) {
    return yaml().list(node, "steps, each \"actor: what it does\"").stream()
        .map(this::step)
        .collect(ImmutableList.toImmutableList());
  }

  private Step step(Node node) {
    Map<String, Node> parts = yaml().mapping(node, "a step such as \"alice: calls phone\"");
    Place place = yaml().place(node);
    List<String> heads =
        parts.keySet().stream()
            .filter(key -> WORDS.contains(key) || actors.containsKey(key))
            .toList();
    if (heads.size() != 1) {
      if (!parts.isEmpty()) {
        yaml().mistake(node, wrongHead(heads, parts));
      }
      return new Step.Pause(place, "0ms");
    }
    String head = heads.get(0);
    Node value = Objects.requireNonNull(parts.get(head));
    return actors.containsKey(head)
        ? act(place, head, value, parts)
        : control(place, head, value, parts);
  }

  private String wrongHead(List<String> heads, Map<String, Node> parts) {
    if (heads.size() > 1) {
      return "two steps in one: " + String.join(" and ", heads) + "; each begins with its own dash";
    }
    String first =
        parts.keySet().stream().filter(key -> !OPTIONS.contains(key)).findFirst().orElse("");
    return "nobody is called \""
        + first
        + "\"; "
        + Spelling.hint(first, Sets.union(actors.keySet(), WORDS));
  }

  private Step control(Place place, String word, Node value, Map<String, Node> parts) {
    Set<String> known =
        switch (word) {
          case "for each" -> ImmutableSet.of(word, "do");
          case "include" -> ImmutableSet.of(word, "with");
          default -> ImmutableSet.of(word);
        };
    yaml().allow(parts, known);
    return switch (word) {
      case "together" -> new Step.Together(place, list(value));
      case "in order" -> new Step.Each(place, ImmutableList.of(ImmutableMap.of()), list(value));
      case "for each" -> each(place, disk.table(yaml(), value), parts.get("do"));
      case "include" -> include(place, value, parts.get("with"));
      default -> pause(place, value);
    };
  }

  private Step each(
      Place place, ImmutableList<ImmutableMap<String, String>> rows, @Nullable Node steps) {
    List<Variables> outer = scopes;
    scopes = outer.stream().flatMap(scope -> rows.stream().map(scope::with)).toList();
    Step.Each each = new Step.Each(place, rows, list(steps));
    scopes = outer;
    return each;
  }

  private Step pause(Place place, Node value) {
    String time = yaml().text(value, Slot.TIME.expected());
    if (!Slot.TIME.accepts(time)) {
      yaml().mistake(value, "\"" + time + "\" is not " + Slot.TIME.expected());
    }
    return new Step.Pause(place, time);
  }

  private Step include(Place place, Node value, @Nullable Node with) {
    ImmutableMap<String, String> variables = yaml().texts(with);
    Path path = yaml().sibling(yaml().text(value, "the name of a file"));
    if (files.stream().anyMatch(file -> file.is(path))) {
      yaml().mistake(value, path + " includes itself");
      return new Step.Pause(place, "0ms");
    }
    if (files.size() > DEEPEST) {
      yaml().mistake(value, "files include each other too deep");
      return new Step.Pause(place, "0ms");
    }
    YamlFile fragment = disk.yaml(path, yaml().place(value));
    if (fragment.root() == null) {
      return new Step.Pause(place, "0ms");
    }
    files.push(fragment);
    Step steps = each(place, ImmutableList.of(variables), fragment.root());
    files.pop();
    return steps;
  }

  private Step act(Place place, String actor, Node value, Map<String, Node> parts) {
    Map<String, Node> options = new LinkedHashMap<>(parts);
    options.remove(actor);
    yaml().allow(options, OPTIONS);
    String sentence = yaml().text(value, "what " + actor + " does");
    Options read = options(options);
    scopes.stream()
        .map(scope -> scope.fill(sentence))
        .distinct()
        .forEach(filled -> check(value, actor, filled, read));
    return new Step.Act(place, actor, sentence, read);
  }

  /** A step of this sentence, with the options that the file consists of. */
  Step act(Place place, String actor, String sentence) {
    Node root = yaml().root();
    Map<String, Node> options =
        root == null ? Map.of() : yaml().mapping(root, "options: " + String.join(", ", OPTIONS));
    yaml().allow(options, OPTIONS);
    Options read = options(options);
    check(root, actor, sentence, read);
    return new Step.Act(place, actor, sentence, read);
  }

  private void check(@Nullable Node node, String actor, String sentence, Options options) {
    ActorPlan plan = Objects.requireNonNull(actors.get(actor));
    try {
      Phrase phrase = Phrase.parse(sentence);
      Ability.complaint(plan, phrase, options)
          .or(() -> disk.complaint(yaml().place(node), phrase))
          .ifPresent(complaint -> yaml().mistake(node, "\"" + sentence + "\": " + complaint));
    } catch (MalformedPhrase e) {
      yaml().mistake(node, "\"" + sentence + "\": " + e.getMessage());
    }
  }

  private Options options(Map<String, Node> parts) {
    if (parts.isEmpty()) {
      return Options.NONE;
    }
    Node sdp = parts.get("sdp");
    Node body = parts.get("body");
    return new Options(
        headers(parts.get("header")),
        yaml().list(sdp, "SDP lines").stream()
            .map(line -> yaml().text(line, "an SDP line"))
            .collect(ImmutableList.toImmutableList()),
        fields(parts.get("json")),
        yaml().texts(parts.get("keep")),
        body == null ? null : yaml().text(body, "the text of a body"));
  }

  private Map<String, @Nullable String> headers(@Nullable Node node) {
    Map<String, @Nullable String> headers = new LinkedHashMap<>();
    if (node != null) {
      yaml()
          .mapping(node, "header names and values")
          .forEach(
              (name, value) ->
                  headers.put(
                      name, yaml().isNull(value) ? null : yaml().text(value, "a header's value")));
    }
    return Collections.unmodifiableMap(headers);
  }

  private Map<String, @Nullable Object> fields(@Nullable Node node) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (node != null) {
      yaml()
          .mapping(node, "JSON fields and values")
          .forEach((name, value) -> fields.put(name, yaml().value(value)));
    }
    return Collections.unmodifiableMap(fields);
  }

  /** The options of a step, for the schema's test. */
  static Set<String> optionNames() {
    return OPTIONS;
  }
}
