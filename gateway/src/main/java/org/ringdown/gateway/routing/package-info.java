/**
 * Who is called: the registrar's bindings, extensions and rules, and the router that decides. Pure:
 * imports only {@code java.*}, Guava and {@code gateway.call}.
 */
@NullMarked
package org.ringdown.gateway.routing;

import org.jspecify.annotations.NullMarked;
