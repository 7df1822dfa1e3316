/**
 * Reads call scripts from YAML; {@link org.ringdown.gateway.testkit.reader.ScriptReader} refuses
 * mistakes with file, line and what was expected. Knows no network and no clock.
 */
@NullMarked
package org.ringdown.gateway.testkit.reader;

import org.jspecify.annotations.NullMarked;
