package org.ringdown.gateway.testkit.sip.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.stage.Language;
import org.ringdown.gateway.testkit.stage.Wanted;
import org.ringdown.sip.wire.SipText;

/** Expectations of SIP messages: headers, which must have a text somewhere in them. */
public final class SipLanguage implements Language<SipText> {
  @Override
  public Predicate<SipText> event(String word) {
    return SipEvents.of(word);
  }

  @Override
  public Map<String, @Nullable String> wanted(Options options) {
    return options.header();
  }

  /** All headers of a name as one; {@code Start-Line} is the first line of the message. */
  @Override
  public Optional<String> at(SipText message, String name) {
    if (name.equalsIgnoreCase("Start-Line")) {
      return Optional.of(message.startLine());
    }
    List<String> all = message.all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  @Override
  public boolean fits(Wanted wanted, Optional<String> value) {
    return wanted.isIn(value);
  }

  @Override
  public String sdp(SipText message) {
    return message.body();
  }

  @Override
  public String summary(SipText message) {
    return message.summary();
  }
}
