/**
 * Calls from beginning to end: {@code CallService} begins them, a {@code CallSession} runs one on
 * its own serial executor and carries out what {@code gateway.call} decides.
 */
@NullMarked
package org.ringdown.gateway.bridge.session;

import org.jspecify.annotations.NullMarked;
