package org.ringdown.sip;

/**
 * A text to send to a device (RFC 3428).
 *
 * @param requestUri the Request-URI, normally a registered contact
 * @param to where to send it
 * @param from who writes
 * @param callee to whom
 * @param text what, in any language and any number of lines
 */
public record OutgoingText(
    String requestUri, Destination to, NameAddress from, NameAddress callee, String text) {}
