/**
 * The composition root: {@code ain} is the command, {@link org.ringdown.gateway.Gateway} builds the
 * parts and starts them. Start reading at {@code Gateway}.
 */
@NullMarked
package org.ringdown.gateway;

import org.jspecify.annotations.NullMarked;
