/**
 * The threads that do the work of legs, calls and pages: {@link org.ringdown.sip.work.Workers}. A
 * leaf: imports nothing of Ringdown.
 */
@NullMarked
package org.ringdown.sip.work;

import org.jspecify.annotations.NullMarked;
