package org.ringdown.gateway.testkit.junit;

/** A SIP phone that does what it is told. Safe from any thread. */
public final class ScriptedPhone {
  private final Director director;
  private final String name;

  ScriptedPhone(Director director, String name) {
    this.director = director;
    this.name = name;
  }

  /**
   * Does one thing, and waits until it is done.
   *
   * @param sentence as in call scripts: {@code calls alice}, {@code hears 440 Hz within 2s}
   * @param options the options of a step, each one line of YAML: {@code header: {Warning: null}}
   * @throws AssertionError if it does not go as it should, with a ladder of both wires
   */
  public ScriptedPhone does(String sentence, String... options) {
    director.tell(name, sentence, options);
    return this;
  }
}
