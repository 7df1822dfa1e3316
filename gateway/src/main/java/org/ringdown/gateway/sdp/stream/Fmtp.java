package org.ringdown.gateway.sdp.stream;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Format parameters of the form {@code name=value;name=value}.
 *
 * @param values by name in lower case; of a name that stands twice the first
 */
record Fmtp(ImmutableMap<String, String> values) {

  static Fmtp of(Codec codec) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String parameter : codec.fmtp().split(";")) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        String name = Ascii.toLowerCase(parameter.substring(0, equals).trim());
        values.putIfAbsent(name, parameter.substring(equals + 1).trim());
      }
    }
    return new Fmtp(ImmutableMap.copyOf(values));
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
