/**
 * Who is who: requests that come are checked and challenged, challenges to ours are answered, both
 * by {@code auth}. Imports {@code message} and {@code transport} besides.
 */
@NullMarked
package org.ringdown.sip.challenge;

import org.jspecify.annotations.NullMarked;
