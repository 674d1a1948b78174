package io.copychunk.it.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.it.benchmark.peers.Figures.Key;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The table and the picture of the benchmark beside other clients. */
class FiguresTest {
  private final Figures figures = new Figures(List.of("ours", "theirs", "nobody's"));

  private void add(int delay, String client, double perSecond, int count) {
    figures.add(new Key("signed", Case.SMALL, delay, client), new Took(perSecond, 100, 20, count));
  }

  @Test
  void theMedianOfEachFigureCounts() {
    for (double each : new double[] {5, 1000, 3, 4, 1}) {
      add(0, "ours", each, 2000);
    }

    assertThat(figures.median(new Key("signed", Case.SMALL, 0, "ours")))
        .isEqualTo(new Took(4, 100, 20, 2000));
    assertThat(figures.median(new Key("signed", Case.SMALL, 10, "ours"))).isNull();
  }

  @Test
  void aTableSaysWhatWasMeasuredAndOfHowMany() {
    add(0, "theirs", 1234.4, 2000);
    add(10, "theirs", 12.34, 40);
    add(0, "ours", 2000, 2000);

    assertThat(MarkdownTable.of(figures)).isEqualTo("""
            ### 2,000 files of 16 KiB, signed

            | client | 0 ms, files/s | 10 ms, files/s | client CPU a file, none / most | peak memory |
            |---|---:|---:|---:|---:|
            | ours | 2,000 | — | 100 / 100 µs | 20 MiB |
            | theirs | 1,234 | 12.3 (of 40) | 100 / 100 µs | 20 MiB |

            """);
  }

  @Test
  void whoHasNoFigureIsNotInATable() {
    add(0, "ours", 2000, 2000);
    figures.add(new Key("encrypted", Case.SMALL, 0, "theirs"), new Took(100, 100, 20, 2000));

    assertThat(MarkdownTable.of(figures)).isEqualTo("""
            ### 2,000 files of 16 KiB, signed

            | client | 0 ms, files/s | client CPU a file, none / most | peak memory |
            |---|---:|---:|---:|
            | ours | 2,000 | 100 / 100 µs | 20 MiB |

            ### 2,000 files of 16 KiB, encrypted

            | client | 0 ms, files/s | client CPU a file, none / most | peak memory |
            |---|---:|---:|---:|
            | theirs | 100 | 100 / 100 µs | 20 MiB |

            """);
  }

  @Test
  void aPictureIsWellFormedAndHasABarForEachFigure() throws Exception {
    BarChart chart = new BarChart(List.of("a & b", "<c>"));
    chart.panel("Files", "files/s");
    chart.group("no delay", List.of(1000.0, 100.0));
    chart.group("10 ms", List.of(10.0, Double.NaN));

    Document svg = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));

    assertThat(svg.getElementsByTagName("title").getLength()).isEqualTo(3);
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg.getDocumentElement().getTextContent()).contains("a & b", "<c>", "1,000");
  }

  @Test
  void thereAreAsManyColoursAsSeries() {
    assertThatThrownBy(() -> new BarChart(Collections.nCopies(8, "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
