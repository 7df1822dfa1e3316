package org.ringdown.webrtc.dtls;

/**
 * What a handshake led to.
 *
 * @param client whether we were the client
 * @param peerCertificate the peer's certificate, DER; it has proved to hold the key
 * @param srtpProfile the number of the SRTP protection profile agreed on
 * @param srtpKeyingMaterial the master keys and salts (RFC 5764 section 4.2)
 * @param cipherSuite the number of the cipher suite
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record DtlsResult(
    boolean client,
    byte[] peerCertificate,
    int srtpProfile,
    byte[] srtpKeyingMaterial,
    int cipherSuite) {
  @Override
  public String toString() {
    return "DtlsResult[client=" + client + ", srtpProfile=" + srtpProfile + "]";
  }
}
