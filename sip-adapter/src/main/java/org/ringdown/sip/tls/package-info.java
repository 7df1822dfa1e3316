/**
 * Who is who over TLS: our own keys, whose certificates are believed, and whether a certificate
 * speaks for a SIP domain (RFC 5922). Files are read again when they change. A leaf: imports
 * nothing of Ringdown, and knows no socket. Start reading at {@code TlsFiles} and {@code TlsPeer}.
 */
@NullMarked
package org.ringdown.sip.tls;

import org.jspecify.annotations.NullMarked;
