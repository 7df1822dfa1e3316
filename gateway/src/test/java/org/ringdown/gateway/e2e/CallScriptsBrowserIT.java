package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Call scripts whose pages are real browsers. */
@NeedsPrograms("chromium")
class CallScriptsBrowserIT {
  @Test
  void realBrowsersDoWhatScriptsSay() {
    assertThat(ShippedScripts.mustPass("browser", "--parallel", "3"))
        .containsPattern("ok .*alice: hears 440 Hz")
        .containsPattern("ok .*phone: hears 1000 Hz")
        .containsPattern("ok .*alice: changes its network")
        .containsPattern("ok .*alice: joins its calls")
        .contains("3 passed, 0 failed");
  }
}
