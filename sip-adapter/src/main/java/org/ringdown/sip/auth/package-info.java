/**
 * HTTP digest for SIP (RFC 3261 section 22, RFC 8760) with MD5 and SHA-256, in both roles. A leaf:
 * imports nothing of Ringdown.
 */
@NullMarked
package org.ringdown.sip.auth;

import org.jspecify.annotations.NullMarked;
