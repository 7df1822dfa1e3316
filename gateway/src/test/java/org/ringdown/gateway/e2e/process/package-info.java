/**
 * Programs started by a test, their free ports and their work directories. Imports nothing of this
 * project. Start reading at {@link org.ringdown.gateway.e2e.process.ChildProcess}.
 */
@NullMarked
package org.ringdown.gateway.e2e.process;

import org.jspecify.annotations.NullMarked;
