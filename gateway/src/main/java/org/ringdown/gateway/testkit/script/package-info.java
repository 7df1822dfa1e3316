/**
 * Call scripts as data: the model ({@link org.ringdown.gateway.testkit.script.Script}) and the
 * grammar of sentences ({@link org.ringdown.gateway.testkit.script.Verb}). Knows no network and no
 * clock.
 */
@NullMarked
package org.ringdown.gateway.testkit.script;

import org.jspecify.annotations.NullMarked;
