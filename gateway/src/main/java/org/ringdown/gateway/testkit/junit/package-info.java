/**
 * Scripted phones and pages for JUnit 5 tests: {@link
 * org.ringdown.gateway.testkit.junit.RingdownTest} gives a test a running gateway on free ports and
 * whoever it names as its parameters. Needs junit-jupiter-api on the class path, which the program
 * itself does without.
 */
@NullMarked
package org.ringdown.gateway.testkit.junit;

import org.jspecify.annotations.NullMarked;
