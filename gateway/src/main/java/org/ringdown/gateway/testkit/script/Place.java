package org.ringdown.gateway.testkit.script;

import java.nio.file.Path;

/**
 * Where something stands in a script.
 *
 * @param file as it was named
 * @param line from 1
 */
public record Place(String file, int line) {
  /** A file that is named here, beside this one unless its path is absolute. */
  public Path sibling(String name) {
    return Path.of(file).resolveSibling(name);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
