package org.ringdown.webrtc.dtls;

import java.security.SecureRandom;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The library's cryptography, but Galois/counter mode without its tables: each key would have 8 KiB
 * of them for as long as the call lasts, and an association encrypts two or three records.
 */
final class DtlsCrypto extends BcTlsCrypto {
  DtlsCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  protected AEADBlockCipher createGCMMode(BlockCipher engine) {
    return GCMBlockCipher.newInstance(engine, new BasicGCMMultiplier());
  }
}
