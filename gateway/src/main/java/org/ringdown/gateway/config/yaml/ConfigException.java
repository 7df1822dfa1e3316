package org.ringdown.gateway.config.yaml;

import com.google.common.collect.ImmutableList;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<String> problems;

  public ConfigException(ImmutableList<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = problems;
  }

  /**
   * One line for each problem, in the order of the file: {@code sip.nonceLifetime (line 7): "5" has
   * no unit; expected a duration such as 30s}. Never empty, never with a secret in it.
   */
  public ImmutableList<String> problems() {
    return problems;
  }
}
