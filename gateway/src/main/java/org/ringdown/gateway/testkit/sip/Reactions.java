package org.ringdown.gateway.testkit.sip;

import com.google.common.collect.ImmutableSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.gateway.testkit.script.Phrase;
import org.ringdown.gateway.testkit.sip.message.SipEvents;
import org.ringdown.sip.auth.DigestAlgorithm;
import org.ringdown.sip.auth.DigestServer;
import org.ringdown.sip.auth.DigestVerdict;
import org.ringdown.sip.wire.SipText;

/** What a phone answers by itself. Safe from any thread. */
final class Reactions {
  private static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);

  private final Map<String, Reaction> rules = new ConcurrentHashMap<>();
  private final Profile profile;
  private final DigestServer digest =
      new DigestServer(
          "call-test", ImmutableSet.of(DigestAlgorithm.MD5), NONCE_LIFETIME, Clock.systemUTC());

  Reactions(Profile profile) {
    this.profile = profile;
  }

  void set(String method, Reaction reaction) {
    rules.put(method, reaction);
  }

  /** What to do with a request; the usual 200 if no rule says otherwise, nothing for a call. */
  Optional<Answer> to(SipText request) {
    boolean within = SipEvents.isWithin(request);
    String method = request.method().equals("INVITE") && within ? "re-INVITE" : request.method();
    Reaction rule = rules.getOrDefault(method, usual(method));
    if (rule instanceof Reaction.Status status) {
      return Optional.of(new Answer(status.code(), status.options(), List.of()));
    }
    return rule instanceof Reaction.Challenge challenge
        ? Optional.of(challenged(request, challenge.options()))
        : Optional.empty();
  }

  /** Who has a password to be asked for wants to hear it of those who register. */
  private Reaction usual(String method) {
    if (method.equals("INVITE")) {
      return new Reaction.Silence();
    }
    return method.equals("REGISTER") && !profile.password().isEmpty()
        ? new Reaction.Challenge(Options.NONE)
        : new Reaction.Status(200, Options.NONE);
  }

  private Answer challenged(SipText request, Options options) {
    DigestVerdict verdict =
        digest.verify(
            request.method(),
            request.all("Authorization"),
            user ->
                user.equals(profile.user()) ? Optional.of(profile.password()) : Optional.empty());
    return verdict instanceof DigestVerdict.Verified
        ? new Answer(200, options, List.of())
        : new Answer(401, Options.NONE, digest.challenges(List.of(DigestAlgorithm.MD5), false));
  }

  /** A rule. */
  sealed interface Reaction {
    /** What a sentence says. */
    static Reaction of(Phrase phrase, Options options) {
      return switch (phrase.verb()) {
        case WILL_ANSWER -> new Status(Integer.parseInt(phrase.get("status")), options);
        case WILL_CHALLENGE -> new Challenge(options);
        default -> new Silence();
      };
    }

    /** The script answers. */
    record Silence() implements Reaction {}

    /** Always this status. */
    record Status(int code, Options options) implements Reaction {}

    /** The password is asked for; then 200. */
    record Challenge(Options options) implements Reaction {}
  }

  /** What is sent. */
  record Answer(int code, Options options, List<String> challenges) {}
}
