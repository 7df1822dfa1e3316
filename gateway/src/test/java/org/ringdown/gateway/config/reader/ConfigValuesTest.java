package org.ringdown.gateway.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.config.DataSize;
import org.ringdown.gateway.config.PortRange;
import org.ringdown.gateway.config.Secret;

class ConfigValuesTest {
  @Test
  void aSecretShowsWhetherItIsThereAndNothingElse() {
    assertThat(new Secret("sesame")).hasToString("***");
    assertThat(Secret.NONE).hasToString("");
  }

  @ParameterizedTest
  @CsvSource({"0,0B", "1000,1000B", "1024,1KiB", "16384,16KiB", "1048576,1MiB", "1049600,1025KiB"})
  void aSizeIsShownInTheLargestUnitThatFits(int bytes, String shown) {
    assertThat(new DataSize(bytes)).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({"PT0.25S,250ms", "PT90S,90s", "PT5M,5m", "PT24H,24h", "PT0S,0s"})
  void aDurationIsShownInTheLargestUnitThatFits(Duration duration, String shown) {
    assertThat(ValueTypes.show(duration)).isEqualTo(shown);
  }

  @Test
  void aPortRangeCountsItsPairs() {
    assertThat(new PortRange(20000, 20999).pairs()).isEqualTo(500);
    assertThat(new PortRange(20000, 20001).pairs()).isEqualTo(1);
    assertThat(new PortRange(20000, 20999)).hasToString("20000-20999");
  }

  @ParameterizedTest
  @CsvSource({"20001,20010", "20000,20010", "20002,20001", "1000,1001", "65534,65537"})
  void aPortRangeIsOfWholePairsOfUnprivilegedPorts(int first, int last) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PortRange(first, last));
  }

  @Test
  void aSizeIsNotNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1));
  }
}
