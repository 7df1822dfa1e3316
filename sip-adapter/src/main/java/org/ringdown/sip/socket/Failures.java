package org.ringdown.sip.socket;

import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Optional;
import org.ringdown.sip.log.StackLog;

/**
 * Why no connection came about, by address, in words for a person: JAIN-SIP forgets it. Safe from
 * any thread.
 */
final class Failures {
  private final Cache<InetSocketAddress, String> last =
      CacheBuilder.newBuilder().maximumSize(1024).expireAfterWrite(Duration.ofHours(1)).build();

  void connected(InetSocketAddress remote) {
    last.invalidate(remote);
  }

  void failed(InetSocketAddress remote, String why) {
    last.put(remote, why);
  }

  Optional<String> at(InetSocketAddress remote) {
    return Optional.ofNullable(last.getIfPresent(remote));
  }

  /** What an exception means. */
  static String why(IOException e) {
    for (Throwable cause : Throwables.getCausalChain(e)) {
      if (cause instanceof CertificateExpiredException) {
        return "its certificate has expired";
      } else if (cause instanceof CertificateNotYetValidException) {
        return "its certificate is not valid yet";
      } else if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        return "its certificate is of no authority that is trusted";
      }
    }
    Throwable root = Throwables.getRootCause(e);
    boolean ofCertificate = root instanceof CertificateException;
    return StackLog.cut(ofCertificate ? root.getMessage() : e.getMessage());
  }
}
