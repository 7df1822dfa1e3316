/** A leg that is a page, in both directions. Start with {@code BrowserBridgeLeg}. */
@NullMarked
package org.ringdown.gateway.bridge.page;

import org.jspecify.annotations.NullMarked;
