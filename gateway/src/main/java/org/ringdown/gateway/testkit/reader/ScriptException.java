package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableList;

/** A script that cannot be played, with everything that is wrong with it. */
public final class ScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<String> mistakes;

  ScriptException(ImmutableList<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes));
    this.mistakes = mistakes;
  }

  /** One line for each mistake: {@code FILE:LINE: what is wrong; expected ...}. Never empty. */
  public ImmutableList<String> mistakes() {
    return mistakes;
  }
}
