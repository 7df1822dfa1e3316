/** What people and machines read of runs: lines, ladders, JUnit XML, JSON. */
@NullMarked
package org.ringdown.gateway.testkit.report;

import org.jspecify.annotations.NullMarked;
