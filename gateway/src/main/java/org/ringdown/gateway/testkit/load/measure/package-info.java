/**
 * What load comes to: counts and times ({@link org.ringdown.gateway.testkit.load.measure.Tally}),
 * and what a program uses of its machine ({@link
 * org.ringdown.gateway.testkit.load.measure.ProcessProbe}).
 */
@NullMarked
package org.ringdown.gateway.testkit.load.measure;

import org.jspecify.annotations.NullMarked;
