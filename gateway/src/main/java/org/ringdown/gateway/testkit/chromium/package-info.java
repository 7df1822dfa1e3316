/**
 * A real Chromium without a window, told what to do by the DevTools protocol. Start with {@link
 * org.ringdown.gateway.testkit.chromium.Chromium}. Knows nothing of calls.
 */
@NullMarked
package org.ringdown.gateway.testkit.chromium;

import org.jspecify.annotations.NullMarked;
