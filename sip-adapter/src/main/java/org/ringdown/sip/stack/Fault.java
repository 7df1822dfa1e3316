package org.ringdown.sip.stack;

/**
 * What is wrong with a request that could be read only in part; the parser attaches it to the
 * request as its application data.
 *
 * @param code the response code to refuse it with
 */
public record Fault(int code) {}
