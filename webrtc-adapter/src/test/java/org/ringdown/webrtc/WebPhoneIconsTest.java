package org.ringdown.webrtc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The web phone's icons are in the page itself: views change while the gateway is away, too. */
final class WebPhoneIconsTest {

  @Test
  void everyIconThatIsShownIsInThePage() throws IOException {
    String page = text("index.html");
    ImmutableSet<String> drawn = found(page, "<symbol id=\"i-([a-z-]+)\"");

    assertThat(found(page, "href=\"([^\"]*)#i-")).containsExactly("");
    assertThat(drawn).containsAll(found(page, "href=\"#i-([a-z-]+)\""));
    assertThat(found(text("phone/history.js"), "icon: '([a-z-]+)'"))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(drawn).contains(name));
  }

  private static String text(String file) throws IOException {
    return Resources.toString(Resources.getResource("web/" + file), UTF_8);
  }

  private static ImmutableSet<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(ImmutableSet.toImmutableSet());
  }
}
