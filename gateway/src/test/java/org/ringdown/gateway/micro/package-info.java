/**
 * Benchmarks of single parts (JMH), run by {@code scripts/bench --micro [PATTERN]}. They are
 * compiled with the tests and run by none of them.
 */
@NullMarked
package org.ringdown.gateway.micro;

import org.jspecify.annotations.NullMarked;
