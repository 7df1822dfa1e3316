package org.ringdown.gateway.testkit.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotTest {
  @Test
  void aLineGoesFromCornerToCorner() {
    String figure =
        new Plot("a < b", "seconds")
            .line("one", List.of(new Plot.Point(0, 0), new Plot.Point(10, 100)))
            .figure();

    assertThat(figure)
        .startsWith("<figure>")
        .contains("points=\"60.0,230.0 692.0,12.0 \"")
        .contains("<b>a &lt; b</b> over seconds")
        .contains("\">one</span>")
        .endsWith("</figure>\n");
  }

  @Test
  void nothingIsDrawnOfALineWithoutPoints() {
    assertThat(new Plot("t", "x").line("none", List.of()).isEmpty()).isTrue();
  }

  @Test
  void aLineOfNothingButZerosIsDrawnToo() {
    assertThat(new Plot("t", "x").line("z", List.of(new Plot.Point(0, 0))).figure())
        .doesNotContain("NaN");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1.2,1.5", "9,10", "74,80", "101,150", "0.034,0.04"})
  void anAxisEndsAtANumberThatIsEasyToRead(double number, double end) {
    assertThat(Plot.round(number)).isCloseTo(end, org.assertj.core.api.Assertions.within(1e-9));
  }
}
