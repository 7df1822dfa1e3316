package org.ringdown.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples the RFCs print. */
class DigestVectorsTest {
  private static final String RFC_7616_REST =
      "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
          + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
          + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

  private static DigestCredentials answered(DigestClient client, String challenge)
      throws DigestSyntaxException {
    assertThat(client.challenged(List.of(challenge))).isTrue();
    String header = client.authorization("GET", "/dir/index.html").orElseThrow();
    return DigestCredentials.parse(header);
  }

  @Test
  void answersTheExampleOfRfc2617() throws Exception {
    DigestClient client = new DigestClient("Mufasa", "Circle Of Life", () -> "0a4f113b");
    DigestCredentials credentials =
        answered(
            client,
            "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    assertThat(credentials.response()).isEqualTo("6629fae49393a05397450978507c4ef1");
    assertThat(credentials.opaque()).isEqualTo("5ccc069c403ebaf9f0171e9517f40e41");
    assertThat(credentials.count()).isEqualTo(new DigestCredentials.Count("00000001", "0a4f113b"));
  }

  @Test
  void answersTheSha256ExampleOfRfc7616() throws Exception {
    assertThat(answered(rfc7616Client(), "Digest " + RFC_7616_REST + ", algorithm=SHA-256"))
        .extracting(DigestCredentials::response, DigestCredentials::algorithm)
        .containsExactly(
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            DigestAlgorithm.SHA_256);
  }

  @Test
  void answersTheMd5ExampleOfRfc7616() throws Exception {
    assertThat(answered(rfc7616Client(), "Digest " + RFC_7616_REST + ", algorithm=MD5").response())
        .isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
  }

  @Test
  void answersWithoutQopByRfc2069() throws Exception {
    DigestClient client = new DigestClient("Mufasa", "CircleOfLife");
    DigestCredentials credentials =
        answered(
            client,
            "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"");
    assertThat(credentials.count()).isNull();
    assertThat(credentials.response()).isEqualTo("1949323746fe6a43ef61f9606e7febea");
  }

  private static DigestClient rfc7616Client() {
    return new DigestClient(
        "Mufasa", "Circle of Life", () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
  }
}
