package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyProgress;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private static final CopyProgress HALF = new CopyProgress(
      "\\\\nas\\projects\\a.img",
      1L << 30,
      2L << 30,
      CopyMethod.COPYCHUNK,
      Duration.ofSeconds(4),
      256 << 20);

  @Test
  void tellsAllThatOneWantsToKnow() {
    assertThat(ProgressBar.line(HALF))
        .isEqualTo("a.img ████████████░░░░░░░░░░░░  50 %  1.0 GiB of 2.0 GiB  256 MiB/s"
            + "  0:04 left  copychunk");
  }

  @Test
  void isShownOnATerminalOnlyAndRemovedInTheEnd() throws InterruptedException {
    assertThat(drawn(true))
        .startsWith("\r\u001b[K\u001b[?7la.img") // not wrapped, however narrow the terminal is
        .endsWith("\r\u001b[K\u001b[?7l\u001b[?7h");
    assertThat(drawn(false)).isEmpty();
  }

  private static String drawn(boolean interactive) throws InterruptedException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(OutputStream.nullOutputStream(), err, Map.of(), null, false, interactive);
    try (ProgressBar bar = new ProgressBar(terminal, true)) {
      Thread.sleep(150); // it is redrawn no more often than ten times a second
      bar.accept(HALF);
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "10240, 10 KiB",
    "1572864, 1.5 MiB",
    "1099511627776, 1.0 TiB"
  })
  void sizes(long bytes, String text) {
    assertThat(Units.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"7, 0:07", "61, 1:01", "3723, 1:02:03"})
  void clocks(long seconds, String text) {
    assertThat(Units.clock(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
