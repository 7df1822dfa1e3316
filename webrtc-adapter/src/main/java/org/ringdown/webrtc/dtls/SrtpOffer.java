package org.ringdown.webrtc.dtls;

/**
 * A protection profile to offer or accept in use_srtp (RFC 5764 section 4.1.2).
 *
 * @param id its number on the wire
 * @param keyingMaterialBytes how much keying material it takes
 */
public record SrtpOffer(int id, int keyingMaterialBytes) {}
