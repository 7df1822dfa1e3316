package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.reader.ConfigLoader;
import org.ringdown.webrtc.web.ServerKeys;

final class CertificateFilesTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void whatIsNoCertificateIsNamedForBothSides() throws Exception {
    Path garbage = Files.writeString(directory.resolve("keys"), "no certificate");

    assertThat(CertificateFiles.problems(configured("keys", "")))
        .containsExactly(
            "sip: cannot use the certificate of " + garbage + ": it is neither PEM nor PKCS#12",
            "web: cannot read the key store " + garbage + ": it is no PKCS#12 file");
  }

  @Test
  void aWrongPasswordIsNamed() throws Exception {
    ServerKeys.writeSelfSigned(
        directory.resolve("keys"), ImmutableList.of("localhost"), "right".toCharArray());

    assertThat(CertificateFiles.problems(configured("keys", "wrong")))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("password"));
    assertThat(CertificateFiles.problems(configured("keys", "right"))).isEmpty();
  }

  @Test
  void noCertificateIsNoProblem() {
    assertThat(CertificateFiles.problems(GatewayConfig.defaults())).isEmpty();
  }

  private GatewayConfig configured(String file, String password) throws Exception {
    String certificate = "{ file: %s, password: \"%s\" }".formatted(file, password);
    Path yaml = directory.resolve("gateway.yaml");
    Files.writeString(
        yaml,
        "sip: { tls: { certificate: %1$s } }\nweb: { certificate: %1$s }\n".formatted(certificate));
    return ConfigLoader.load(yaml, name -> null);
  }
}
