package org.ringdown.gateway.testkit.junit;

/** A WebRTC page that does what it is told. Safe from any thread. */
public final class ScriptedPage {
  private final Director director;
  private final String name;

  ScriptedPage(Director director, String name) {
    this.director = director;
    this.name = name;
  }

  /**
   * Does one thing, and waits until it is done.
   *
   * @param sentence as in call scripts: {@code calls phone}, {@code hears 440 Hz within 2s}
   * @param options the options of a step, each one line of YAML: {@code json: {/by: remote}}
   * @throws AssertionError if it does not go as it should, with a ladder of both wires
   */
  public ScriptedPage does(String sentence, String... options) {
    director.tell(name, sentence, options);
    return this;
  }
}
