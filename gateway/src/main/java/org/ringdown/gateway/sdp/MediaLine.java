package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;

/**
 * An {@code m=} line (RFC 8866 section 5.14).
 *
 * @param media {@code audio}, {@code video} or another word
 * @param port 0 to 65535; 0 refuses the section (RFC 3264 section 6)
 * @param protocol such as {@code RTP/AVP}
 * @param formats at least one
 */
public record MediaLine(String media, int port, String protocol, ImmutableList<String> formats) {}
