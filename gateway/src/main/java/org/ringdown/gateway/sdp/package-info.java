/**
 * SDP understood: a neutral description, and the two dialects, plain and WebRTC, in which it is
 * read and written (RFC 8866, RFC 3264, RFC 8829). Pure: imports only {@code java.*} and Guava.
 *
 * <p>A call through it, phone to browser:
 *
 * <pre>{@code
 * PlainSdp offer = PlainSdp.read(text);
 * RelayedOffer relayed = RelayedOffer.toBrowser(offer.streams());
 * String toBrowser = WebRtcSdp.offer(relayed.streams(), transport).write(sessionId, 1);
 *
 * WebRtcSdp answer = WebRtcSdp.read(answerText);
 * RelayedAnswer agreed = relayed.answered(answer.streams());
 * String toPhone = offer.answer(agreed.callerStreams(), addresses).write(otherSessionId, 1);
 * }</pre>
 *
 * <p>Start reading at {@link org.ringdown.gateway.sdp.stream.MediaStream}, then the dialects {@link
 * org.ringdown.gateway.sdp.PlainSdp} and {@link org.ringdown.gateway.sdp.WebRtcSdp}, then {@link
 * org.ringdown.gateway.sdp.relay.RelayedOffer}.
 */
@NullMarked
package org.ringdown.gateway.sdp;

import org.jspecify.annotations.NullMarked;
