package org.ringdown.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaSettingsTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "64, 32"})
  void phonesAndBrowsersHaveHalfTheCoresEach(int cores, int threads) {
    assertThat(MediaSettings.defaults().receivingThreads(cores)).isEqualTo(threads);
  }

  @Test
  void aNumberThatIsSetHoldsWhateverTheCores() {
    MediaSettings defaults = MediaSettings.defaults();
    MediaSettings set =
        new MediaSettings(
            defaults.listen(),
            defaults.publicAddresses(),
            defaults.rtp(),
            defaults.phones(),
            3,
            defaults.iceTimeout(),
            defaults.consentTimeout(),
            defaults.silence());
    assertThat(set.receivingThreads(64)).isEqualTo(3);
  }
}
