/**
 * Who is called: extensions and rules, the router that decides by them, and the hunt through the
 * steps of what it decided. Pure: imports only {@code java.*}, Guava, {@code gateway.call} and
 * {@code routing.address}. Start reading at {@code Router}.
 */
@NullMarked
package org.ringdown.gateway.routing;

import org.jspecify.annotations.NullMarked;
