/**
 * Sign-in by JWT: what a token says, whether it is to be believed, and where the keys come from.
 * Imports the configuration and the face of the WebRTC adapter. Start reading at {@link
 * org.ringdown.gateway.token.TokenVerifier}.
 */
@NullMarked
package org.ringdown.gateway.token;

import org.jspecify.annotations.NullMarked;
