/**
 * Keeps those away who try numbers and passwords. A leaf: it imports nothing of the house. Start
 * reading at {@code Scanners}.
 */
@NullMarked
package org.ringdown.sip.guard;

import org.jspecify.annotations.NullMarked;
