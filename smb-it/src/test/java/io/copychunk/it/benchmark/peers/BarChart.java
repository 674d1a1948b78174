package io.copychunk.it.benchmark.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars on a logarithmic scale as SVG: a panel for each title, a group for each label in it, a bar for
 * each series. Without scripts, and with colours that can be seen on light and on dark.
 */
final class BarChart {
  private static final List<String> COLOURS =
      List.of("#2563eb", "#38bdf8", "#14b8a6", "#f59e0b", "#ef4444", "#a855f7", "#6b7280");
  private static final int BAR = 13;
  private static final int GAP = 10;
  private static final int PLOT_HEIGHT = 190;
  private static final int LEFT = 64;
  private static final int PANEL_SPACE = 64;
  private static final int TOP = 66;

  private final List<String> series;
  private final List<Panel> panels = new ArrayList<>();

  private record Panel(String title, String unit, List<Group> groups) {}

  private record Group(String label, List<Double> values) {}

  /**
   * Creates one without panels.
   *
   * @param series names, at most seven
   */
  BarChart(List<String> series) {
    if (series.size() > COLOURS.size()) {
      throw new IllegalArgumentException(
          "series: " + series.size() + " (expected: <= " + COLOURS.size() + ")");
    }
    this.series = series;
  }

  void panel(String title, String unit) {
    panels.add(new Panel(title, unit, new ArrayList<>()));
  }

  /** Adds a group to the last panel; NaN where there is no bar. */
  void group(String label, List<Double> values) {
    panels.get(panels.size() - 1).groups().add(new Group(label, List.copyOf(values)));
  }

  String svg() {
    int width = Math.max(2 * panelWidth() + PANEL_SPACE, legendWidth());
    int rows = (panels.size() + 1) / 2;
    int height = TOP + rows * (PLOT_HEIGHT + 86);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"12\">%n"
            .formatted(width, height));
    svg.append(
        "<style>text { fill: #334155 } line { stroke: #94a3b8; stroke-opacity: .45 } @media (prefers-color-scheme: dark) { text { fill: #cbd5e1 } }</style>\n");
    legend(svg);
    for (int i = 0; i < panels.size(); i++) {
      svg.append("<g transform=\"translate(%d %d)\">%n"
          .formatted(i % 2 * (panelWidth() + PANEL_SPACE), TOP + i / 2 * (PLOT_HEIGHT + 86)));
      draw(svg, panels.get(i));
      svg.append("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private int groupWidth() {
    return series.size() * (BAR + 2) + GAP * 2;
  }

  private int panelWidth() {
    int groups = panels.stream().mapToInt(panel -> panel.groups().size()).max().orElse(0);
    return LEFT + groups * groupWidth();
  }

  private void legend(StringBuilder svg) {
    int x = LEFT;
    for (int i = 0; i < series.size(); i++) {
      svg.append(
          "<rect x=\"%d\" y=\"12\" width=\"11\" height=\"11\" rx=\"2\" fill=\"%s\"/><text x=\"%d\" y=\"22\">%s</text>%n"
              .formatted(x, COLOURS.get(i), x + 16, escaped(series.get(i))));
      x += legendWidth(series.get(i));
    }
  }

  private int legendWidth() {
    return LEFT + series.stream().mapToInt(BarChart::legendWidth).sum();
  }

  private static int legendWidth(String name) {
    return 34 + name.length() * 7;
  }

  private void draw(StringBuilder svg, Panel panel) {
    double most = 1;
    double least = Double.MAX_VALUE;
    for (Group group : panel.groups()) {
      for (double value : group.values()) {
        if (!Double.isNaN(value)) {
          most = Math.max(most, value);
          least = Math.min(least, value);
        }
      }
    }
    int low = (int) Math.floor(Math.log10(Math.min(least, most)) - 0.15);
    int high = (int) Math.ceil(Math.log10(most) + 0.3);
    svg.append("<text x=\"%d\" y=\"-18\" font-weight=\"600\">%s</text>%n"
        .formatted(LEFT, escaped(panel.title())));
    for (int power = low; power <= high; power++) {
      double y = y(Math.pow(10, power), low, high);
      svg.append(String.format(
          Locale.ROOT,
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
          LEFT,
          panelWidth(),
          y,
          y,
          LEFT - 6,
          y + 4,
          tick(power)));
    }
    svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
        .formatted(LEFT - 6, PLOT_HEIGHT + 18, escaped(panel.unit())));
    for (int i = 0; i < panel.groups().size(); i++) {
      draw(svg, panel.groups().get(i), LEFT + i * groupWidth(), low, high);
    }
  }

  private void draw(StringBuilder svg, Group group, int left, int low, int high) {
    for (int i = 0; i < group.values().size(); i++) {
      double value = group.values().get(i);
      if (Double.isNaN(value)) {
        continue;
      }
      double y = y(value, low, high);
      int x = left + GAP + i * (BAR + 2);
      svg.append(String.format(
          Locale.ROOT,
          "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" rx=\"1\" fill=\"%s\"><title>%s: %s</title></rect>%n",
          x,
          y,
          BAR,
          PLOT_HEIGHT - y,
          COLOURS.get(i),
          escaped(series.get(i)),
          number(value)));
      svg.append(String.format(
          Locale.ROOT,
          "<text x=\"%d\" y=\"%.1f\" font-size=\"9\" transform=\"rotate(-90 %d %.1f)\">%s</text>%n",
          x + 10,
          y - 3,
          x + 10,
          y - 3,
          number(value)));
    }
    svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
        .formatted(left + groupWidth() / 2, PLOT_HEIGHT + 18, escaped(group.label())));
  }

  private static double y(double value, int low, int high) {
    double part = (Math.log10(value) - low) / Math.max(1, high - low);
    return PLOT_HEIGHT * (1 - part);
  }

  private static String tick(int power) {
    return power >= 0
        ? String.format(Locale.ROOT, "%,.0f", Math.pow(10, power))
        : Double.toString(Math.pow(10, power));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
