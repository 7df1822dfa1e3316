package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.GatewayPlan;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.script.Place;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.script.Script.Acts;
import org.ringdown.gateway.testkit.script.Slot;
import org.ringdown.gateway.testkit.script.Step;
import org.ringdown.gateway.testkit.script.Variables;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a script. All mistakes of a file, and of what it includes, are found in one reading. Not
 * thread-safe.
 */
public final class ScriptReader {
  private static final ImmutableSet<String> KEYS =
      ImmutableSet.of(
          "name",
          "gateway",
          "hurry",
          "limit",
          "variables",
          "cases",
          "actors",
          "setup",
          "steps",
          "teardown");
  private static final String USUAL_LIMIT = "5s";

  private final ImmutableMap<String, String> given;
  private final Mistakes mistakes = new Mistakes();
  private final ScriptFiles disk;

  private ScriptReader(Map<String, String> given, Consumer<Path> onFile) {
    this.given = ImmutableMap.copyOf(given);
    this.disk = new ScriptFiles(mistakes, onFile);
  }

  /**
   * Reads a file.
   *
   * @param given variables of the command line; they go before the file's own
   * @throws ScriptException with every mistake, if there is any
   */
  public static Script read(Path file, Map<String, String> given) throws ScriptException {
    return read(file, given, read -> {});
  }

  /**
   * Reads a file.
   *
   * @param given variables of the command line; they go before the file's own
   * @param onFile told of each file that it consists of, also if there are mistakes
   * @throws ScriptException with every mistake, if there is any
   */
  public static Script read(Path file, Map<String, String> given, Consumer<Path> onFile)
      throws ScriptException {
    ScriptReader reader = new ScriptReader(given, onFile);
    Script script = reader.script(file);
    reader.mistakes.check();
    return script;
  }

  /**
   * One step of one actor, given by a program.
   *
   * @param options its options, each as a line of YAML
   * @throws ScriptException if the sentence or an option cannot be understood
   */
  public static Step step(
      Place place,
      ImmutableMap<String, ActorPlan> actors,
      String actor,
      String sentence,
      String... options)
      throws ScriptException {
    ScriptReader reader = new ScriptReader(Map.of(), read -> {});
    Mistakes mistakes = reader.mistakes;
    YamlFile yaml = YamlFile.of(place, String.join("\n", options), mistakes);
    mistakes.check();
    Step step =
        new StepReader(yaml, actors, ImmutableList.of(Variables.of(Map.of())), reader.disk)
            .act(place, actor, sentence);
    mistakes.check();
    return step;
  }

  private Script script(Path file) throws ScriptException {
    YamlFile yaml = disk.yaml(file, new Place(file.toString(), 1));
    mistakes.check();
    if (yaml.root() == null) {
      yaml.mistake(null, "the file is empty; expected a script, with actors: and steps:");
    }
    mistakes.check();
    Map<String, Node> top = yaml.mapping(yaml.root(), "a script: " + String.join(", ", KEYS));
    yaml.allow(top, KEYS);
    Place place = yaml.place(yaml.root());
    ImmutableMap<String, ActorPlan> actors = new ActorReader(yaml).actors(top.get("actors"));
    Map<String, String> variables = new LinkedHashMap<>(yaml.texts(top.get("variables")));
    variables.putAll(given);
    ImmutableList<ImmutableMap<String, String>> cases = disk.table(yaml, top.get("cases"));
    Variables outermost = Variables.of(variables);
    StepReader steps =
        new StepReader(yaml, actors, cases.stream().map(outermost::with).toList(), disk);
    Acts acts =
        new Acts(
            steps.list(top.get("setup")),
            steps.list(top.get("steps")),
            steps.list(top.get("teardown")));
    if (acts.steps().isEmpty()) {
      mistakes.add(place, "there are no steps; expected steps: and a list");
    }
    Script script =
        new Script(
            place,
            name(yaml, top, file),
            gateway(yaml, top),
            limit(yaml, top.get("limit")),
            ImmutableMap.copyOf(variables),
            cases,
            actors,
            acts);
    new VariableCheck(script, mistakes).run();
    return script;
  }

  private static String name(YamlFile yaml, Map<String, Node> top, Path file) {
    String plain = Files.getNameWithoutExtension(file.toString()).replace('-', ' ');
    Node name = top.get("name");
    return name == null ? plain : yaml.text(name, "a sentence");
  }

  private static @Nullable GatewayPlan gateway(YamlFile yaml, Map<String, Node> top) {
    Node node = top.get("gateway");
    Node hurry = top.get("hurry");
    if (node == null) {
      if (hurry != null) {
        yaml.mistake(hurry, "hurry is for a gateway of the script's own; expected gateway: too");
      }
      return null;
    }
    return new GatewayPlan(settings(yaml, node), hurry == null ? 1 : hurry(yaml, hurry));
  }

  private static String settings(YamlFile yaml, Node node) {
    if (!yaml.isText(node)) {
      return yaml.dump(node);
    }
    if (!yaml.text(node, "start").equals("start")) {
      yaml.mistake(node, "expected start, or settings as in conf/gateway.yaml");
    }
    return "";
  }

  private static int hurry(YamlFile yaml, Node node) {
    String text = yaml.text(node, "a number");
    if (text.matches("[1-9]\\d?|100")) {
      return Integer.parseInt(text);
    }
    yaml.mistake(node, "\"" + text + "\" is not a number from 1 to 100");
    return 1;
  }

  private static Duration limit(YamlFile yaml, @Nullable Node node) {
    String text = node == null ? USUAL_LIMIT : yaml.text(node, Slot.TIME.expected());
    if (!Slot.TIME.accepts(text) || text.contains("$")) {
      yaml.mistake(node, "\"" + text + "\" is not " + Slot.TIME.expected());
      return Phrase.duration(USUAL_LIMIT);
    }
    return Phrase.duration(text);
  }

  /** The keys at the top of a file, for the schema's test. */
  static Set<String> keys() {
    return KEYS;
  }
}
