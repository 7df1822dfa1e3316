/**
 * Which legs of a session are joined, and what is said to them for that: the first exchange of
 * descriptions, those in the middle of a call, and legs that come in place of others. Everything is
 * guarded by the session.
 *
 * <p>Imports {@code gateway.media.leg}, {@code gateway.media.stream} and {@code gateway.sdp}. Start
 * at {@code FirstExchange}; a {@code Joint} is two legs that have agreed.
 */
@NullMarked
package org.ringdown.gateway.media.join;

import org.jspecify.annotations.NullMarked;
