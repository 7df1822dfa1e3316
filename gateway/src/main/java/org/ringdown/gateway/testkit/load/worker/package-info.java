/**
 * Load from several processes: {@link org.ringdown.gateway.testkit.load.worker.Workers} starts them
 * and adds up what they count. They speak JSON, one message a line, over standard input and output.
 */
@NullMarked
package org.ringdown.gateway.testkit.load.worker;

import org.jspecify.annotations.NullMarked;
