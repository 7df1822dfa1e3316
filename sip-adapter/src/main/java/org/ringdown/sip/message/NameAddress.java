package org.ringdown.sip.message;

/**
 * A display name and a SIP URI, as From, To and Contact carry them (RFC 3261 section 25.1, {@code
 * name-addr}).
 *
 * @param display the display name, unquoted, empty if there is none
 * @param uri the URI without angle brackets, for example {@code sip:1001@example.com}
 */
public record NameAddress(String display, String uri) {}
