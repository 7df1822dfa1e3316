/**
 * What {@code gateway.call} decides is done here: {@code CallService} begins calls, a {@code
 * CallSession} runs one on its own serial executor, a {@code Leg} speaks to one side.
 */
@NullMarked
package org.ringdown.gateway.bridge;

import org.jspecify.annotations.NullMarked;
