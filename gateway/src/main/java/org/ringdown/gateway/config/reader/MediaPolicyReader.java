package org.ringdown.gateway.config.reader;

import static org.ringdown.gateway.config.reader.ValueTypes.oneOf;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Collectors;
import org.ringdown.gateway.config.yaml.Section;
import org.ringdown.gateway.config.yaml.ValueType;
import org.ringdown.gateway.config.yaml.ValueType.BadValue;
import org.ringdown.gateway.sdp.policy.DtmfMethod;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.RelayedCodec;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;

/** The keys of what phones, or one trunk, may have as media. */
final class MediaPolicyReader {
  private MediaPolicyReader() {}

  static MediaPolicy read(Section in, MediaPolicy defaults) {
    MediaPolicy policy =
        new MediaPolicy(
            in.value("srtp", defaults.srtp(), oneOf(SrtpPolicy.class)),
            in.list("codecs", defaults.codecs(), codec()),
            in.value("dtmf", defaults.dtmf(), oneOf(DtmfMethod.class)));
    check(in, policy);
    return policy;
  }

  private static void check(Section in, MediaPolicy policy) {
    ImmutableList<RelayedCodec> codecs = policy.codecs();
    if (codecs.isEmpty()) {
      return;
    }
    if (codecs.stream().noneMatch(RelayedCodec::isSound)) {
      in.reject("has no codec for sound; expected one of PCMA, PCMU, G722 and opus in codecs");
    } else if (new HashSet<>(codecs).size() < codecs.size()) {
      in.reject("has a codec twice; expected each once in codecs");
    } else if (policy.dtmf() == DtmfMethod.RFC4733
        && !codecs.contains(RelayedCodec.TELEPHONE_EVENT)) {
      in.reject("sends digits as rfc4733; expected telephone-event in codecs");
    }
  }

  private static ValueType<RelayedCodec> codec() {
    String names =
        Arrays.stream(RelayedCodec.values())
            .map(RelayedCodec::label)
            .collect(Collectors.joining(", "));
    return new ValueType<>("one of " + names, MediaPolicyReader::parse);
  }

  private static RelayedCodec parse(String text) throws BadValue {
    return Arrays.stream(RelayedCodec.values())
        .filter(codec -> Ascii.equalsIgnoreCase(codec.label(), text))
        .findFirst()
        .orElseThrow(() -> new BadValue("is no codec that the gateway relays"));
  }
}
