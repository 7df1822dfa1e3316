package org.ringdown.webrtc.dtls;

import com.google.common.collect.ImmutableList;

/**
 * What all handshakes of a port share.
 *
 * @param crypto the cryptography
 * @param identity our certificate
 * @param srtp the protection profiles, the preferred first
 */
record DtlsSettings(DtlsCrypto crypto, DtlsIdentity identity, ImmutableList<SrtpOffer> srtp) {
  /** How long a handshake may take, lost datagrams included. */
  static final int HANDSHAKE_TIMEOUT_MILLIS = 15_000;

  /** When a flight is sent again for the first time; doubled each time. */
  static final int RESEND_MILLIS = 250;
}
