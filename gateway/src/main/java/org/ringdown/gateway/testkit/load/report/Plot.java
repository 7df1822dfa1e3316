package org.ringdown.gateway.testkit.load.report;

import com.google.common.collect.ImmutableList;
import com.google.common.html.HtmlEscapers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over a common axis: an HTML figure with a picture in SVG. Not thread-safe. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 260;
  private static final int LEFT = 60;
  private static final int BOTTOM = 30;
  private static final int TOP = 12;
  private static final int RIGHT = 28;
  private static final int TICKS = 5;
  private static final ImmutableList<String> COLOURS =
      ImmutableList.of("#1b6ca8", "#d1495b", "#3a7d44", "#8a5a9e", "#c58b1b");

  private final String title;
  private final String horizontal;
  private final List<Line> lines = new ArrayList<>();

  /** A point. */
  record Point(double x, double y) {}

  private record Line(String name, List<Point> points) {}

  /**
   * Nothing yet.
   *
   * @param title what is shown, with its unit
   * @param horizontal what the horizontal axis is
   */
  Plot(String title, String horizontal) {
    this.title = title;
    this.horizontal = horizontal;
  }

  /** One more line; nothing if it has no points. */
  Plot line(String name, List<Point> points) {
    if (!points.isEmpty()) {
      lines.add(new Line(name, points));
    }
    return this;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /**
   * The figure: what the lines are stands above the picture, so that it is legible on any screen.
   */
  String figure() {
    StringBuilder html = new StringBuilder("<figure><figcaption>");
    html.append("<b>").append(escaped(title)).append("</b> over ").append(escaped(horizontal));
    for (int i = 0; i < lines.size(); i++) {
      html.append(
          String.format(
              Locale.ROOT,
              " <span style=\"--line: %s\">%s</span>",
              colour(i),
              escaped(lines.get(i).name())));
    }
    return html.append("</figcaption>\n").append(svg()).append("</figure>\n").toString();
  }

  private static String colour(int line) {
    return COLOURS.get(line % COLOURS.size());
  }

  private String svg() {
    double mostX = most(true);
    double mostY = most(false);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            WIDTH,
            HEIGHT,
            escaped(title)));
    axes(svg, mostX, mostY);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), colour(i), mostX, mostY);
    }
    return svg.append("</svg>\n").toString();
  }

  private double most(boolean x) {
    double most =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(point -> x ? point.x() : point.y())
            .max()
            .orElse(1);
    return most <= 0 ? 1 : round(most);
  }

  /** The next number that is easy to read. */
  static double round(double number) {
    double power = Math.pow(10, Math.floor(Math.log10(number)));
    for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
      if (number <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private void axes(StringBuilder svg, double mostX, double mostY) {
    for (int i = 0; i <= TICKS; i++) {
      double x = atX(mostX * i / TICKS, mostX);
      double y = atY(mostY * i / TICKS, mostY);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>%n",
              LEFT,
              WIDTH - RIGHT,
              y,
              y));
      text(svg, LEFT - 6, y + 5, "end", number(mostY * i / TICKS));
      text(svg, x, HEIGHT - BOTTOM + 22, "middle", number(mostX * i / TICKS));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  private void draw(StringBuilder svg, Line line, String colour, double mostX, double mostY) {
    svg.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" points=\"");
    for (Point point : line.points()) {
      svg.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", atX(point.x(), mostX), atY(point.y(), mostY)));
    }
    svg.append("\"/>\n");
    if (line.points().size() < 30) {
      for (Point point : line.points()) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>%s: %s at"
                    + " %s</title></circle>%n",
                atX(point.x(), mostX),
                atY(point.y(), mostY),
                colour,
                escaped(line.name()),
                number(point.y()),
                number(point.x())));
      }
    }
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            escaped(text)));
  }

  private static double atX(double x, double most) {
    return LEFT + (WIDTH - LEFT - RIGHT) * x / most;
  }

  private static double atY(double y, double most) {
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * y / most;
  }

  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
