package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.yaml.Spelling;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.ActorPlan.Kind;
import org.ringdown.gateway.testkit.script.Setting;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code actors:}. */
final class ActorReader {
  private static final String EXPECTED = "phone, peer or page, or {is: phone, ...}";

  private final YamlFile yaml;

  ActorReader(YamlFile yaml) {
    this.yaml = yaml;
  }

  ImmutableMap<String, ActorPlan> actors(@Nullable Node node) {
    if (node == null) {
      yaml.mistake(yaml.root(), "there are no actors; expected actors: {alice: page, ...}");
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<String, ActorPlan> actors = ImmutableMap.builder();
    yaml.mapping(node, "names and what they are: " + EXPECTED)
        .forEach((name, plan) -> actors.put(name, actor(name, plan)));
    return actors.buildOrThrow();
  }

  private ActorPlan actor(String name, Node node) {
    if (StepReader.WORDS.contains(name) || !name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
      yaml.mistake(node, "an actor cannot be called \"" + name + "\"");
    }
    Map<String, String> settings =
        yaml.isText(node)
            ? Map.of("is", yaml.text(node, EXPECTED))
            : new LinkedHashMap<>(yaml.texts(node));
    String word = settings.getOrDefault("is", "");
    Optional<Kind> kind =
        Arrays.stream(Kind.values()).filter(k -> k.word().equals(word)).findFirst();
    if (kind.isEmpty()) {
      yaml.mistake(node, "what is " + name + "? expected " + EXPECTED);
    }
    Kind known = kind.orElse(Kind.PHONE);
    settings.forEach((key, value) -> check(node, known, key, value));
    if ("chromium".equals(settings.get("browser")) && settings.containsKey("codecs")) {
      yaml.mistake(node, "a real browser chooses its codecs; leave out codecs:");
    }
    if (settings.containsKey("port") && settings.getOrDefault("transport", "udp").matches("t..")) {
      yaml.mistake(node, "over TCP and TLS an actor only connects; leave out port:");
    }
    ImmutableMap<String, String> rest =
        settings.entrySet().stream()
            .filter(entry -> !entry.getKey().equals("is"))
            .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
    return new ActorPlan(yaml.place(node), name, known, rest);
  }

  private void check(Node node, Kind kind, String key, String value) {
    Optional<Setting> setting = kind.setting(key);
    if (setting.isPresent()) {
      setting.get().complaint(value).ifPresent(complaint -> yaml.mistake(node, complaint));
    } else if (!key.equals("is")) {
      yaml.mistake(
          node, Spelling.unknown(key, Lists.transform(kind.settings().asList(), Setting::word)));
    }
  }
}
