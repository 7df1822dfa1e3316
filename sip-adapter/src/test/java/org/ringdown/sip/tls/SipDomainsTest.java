package org.ringdown.sip.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5922 section 7.1 and 7.2. */
class SipDomainsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "DNS:pbx.example,                          pbx.example,      true",
    "DNS:PBX.example,                          pbx.EXAMPLE,      true",
    "DNS:pbx.example,                          sub.pbx.example,  false",
    "DNS:sub.pbx.example,                      pbx.example,      false",
    "URI:sip:pbx.example,                      pbx.example,      true",
    "URI:sip:pbx.example:5061;transport=tls,   pbx.example,      true",
    "URI:sip:bob@pbx.example,                  pbx.example,      false",
    "URI:https://pbx.example,                  pbx.example,      false",
    "DNS:one.example URI:sip:pbx.example,      pbx.example,      true",
    "DNS:*.example.com,                        pbx.example.com,  true",
    "DNS:*.example.com,                        a.b.example.com,  false",
    "DNS:*.example.com,                        example.com,      false",
    "DNS:*.com,                                example.com,      false",
    "URI:sip:*.example.com,                    pbx.example.com,  false",
    "IP:192.0.2.1,                             192.0.2.1,        true",
    "IP:192.0.2.1,                             192.0.2.2,        false",
    "IP:2001:db8::1,                           [2001:db8:0::1],  true",
    "DNS:192.0.2.1,                            192.0.2.1,        false",
    "'',                                       common.example,   true",
    "DNS:pbx.example,                          common.example,   false",
    "URI:https://pbx.example,                  common.example,   false",
    "IP:192.0.2.1,                             common.example,   true"
  })
  void aCertificateSpeaksForTheDomainsItNames(String names, String domain, boolean speaks)
      throws IOException {
    KeyFile file =
        TestAuthority.in(directory, "authority")
            .certify(
                "common.example",
                Splitter.on(' ').omitEmptyStrings().splitToStream(names).toArray(String[]::new));

    assertThat(SipDomains.of(Keys.read(file).chain().get(0)).include(domain)).isEqualTo(speaks);
  }
}
