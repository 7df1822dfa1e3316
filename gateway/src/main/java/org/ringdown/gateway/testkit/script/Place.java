package org.ringdown.gateway.testkit.script;

/**
 * Where something stands in a script.
 *
 * @param file as it was named
 * @param line from 1
 */
public record Place(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
