package org.ringdown.gateway.admin;

/** A page of {@link AdminServer} that is no JSON. */
public record TextPage(String contentType, String text) {}
