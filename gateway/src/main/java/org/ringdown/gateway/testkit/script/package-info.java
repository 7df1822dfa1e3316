/**
 * Call scripts as data: the model ({@link org.ringdown.gateway.testkit.script.Script}), the
 * sentences ({@link org.ringdown.gateway.testkit.script.Verb}) and the reader that refuses mistakes
 * with file, line and what was expected. Knows no network and no clock.
 */
@NullMarked
package org.ringdown.gateway.testkit.script;

import org.jspecify.annotations.NullMarked;
