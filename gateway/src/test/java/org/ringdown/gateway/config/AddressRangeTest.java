package org.ringdown.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 32, 192.0.2.7, true",
    "192.0.2.7, 32, 192.0.2.6, false",
    "192.0.2.7, 24, 192.0.2.255, true",
    "192.0.2.7, 24, 192.0.3.7, false",
    "192.0.2.128, 25, 192.0.2.127, false",
    "10.0.0.0, 9, 10.127.0.1, true",
    "10.0.0.0, 9, 10.128.0.1, false",
    "2001:db8::, 33, 2001:db8:7fff::1, true",
    "2001:db8::, 33, 2001:db8:8000::1, false",
    "::, 1, 127.0.0.1, false",
  })
  void aRangeHoldsWhatBeginsAlike(String first, int bits, String address, boolean holds) {
    assertThat(
            new AddressRange(InetAddresses.forString(first), bits)
                .contains(InetAddresses.forString(address)))
        .isEqualTo(holds);
  }
}
