/**
 * A WebRTC page without a browser: it speaks the gateway's JSON protocol through a relay that can
 * break the connection, with real ICE, DTLS and SRTP. Start reading at {@link
 * org.ringdown.gateway.testkit.web.PageActor}.
 */
@NullMarked
package org.ringdown.gateway.testkit.web;

import org.jspecify.annotations.NullMarked;
