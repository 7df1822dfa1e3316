package org.ringdown.gateway.testkit.web;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.stage.Language;
import org.ringdown.gateway.testkit.stage.Wanted;
import tools.jackson.databind.JsonNode;

/** Expectations of JSON messages: values at JSON pointers (RFC 6901). */
final class JsonLanguage implements Language<JsonNode> {
  @Override
  public Predicate<JsonNode> event(String word) {
    return message -> word.equals("any") || Messages.type(message).equals(word);
  }

  @Override
  public Map<String, @Nullable Object> wanted(Options options) {
    return options.json();
  }

  @Override
  public Optional<String> at(JsonNode message, String pointer) {
    return Messages.at(message, pointer);
  }

  @Override
  public boolean fits(Wanted wanted, Optional<String> value) {
    return wanted.is(value);
  }

  @Override
  public String sdp(JsonNode message) {
    return Messages.at(message, "/sdp").orElse("");
  }

  @Override
  public String summary(JsonNode message) {
    return Messages.type(message);
  }
}
