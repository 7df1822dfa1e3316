package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.WebSettings;
import org.ringdown.webrtc.WebRtcEndpoint;

/** What is in the files with certificates that a configuration names. */
final class CertificateFiles {
  private CertificateFiles() {}

  /** What of them could not be used: a sentence each, with the file; empty if all is well. */
  static ImmutableList<String> problems(GatewayConfig config) {
    ImmutableList.Builder<String> problems = ImmutableList.builder();
    try (SipSecurity read = new SipSecurity(config)) {
      read.server();
    } catch (IOException e) {
      problems.add("sip: " + e.getMessage());
    }
    try {
      read(config.web().certificate());
    } catch (IOException e) {
      problems.add("web: " + e.getMessage());
    }
    return problems.build();
  }

  private static void read(WebSettings.Certificate certificate) throws IOException {
    Path file = certificate.file();
    if (file != null) {
      WebRtcEndpoint.checkKeyStore(file, certificate.password().value());
    }
  }
}
