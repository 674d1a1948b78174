package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.tree.TreeProgress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeBarTest {
  private static final long MIB = 1 << 20;
  private static final String REMOVE = "\r\u001b[K";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal = new Terminal(out, err, Map.of(), null, false, true);

  @Test
  void tellsAllThatOneWantsToKnow() {
    assertThat(TreeBar.line(progress(1500, 3000).bytes(15 * MIB, 30 * MIB).after(10)))
        .isEqualTo(
            "1,500 of 3,000 files  15 MiB of 30 MiB  100 % server-side  150 files/s  1.5 MiB/s  0:10 left");
  }

  @Test
  void nobodyKnowsTheEndOfWhatIsNotFound() {
    assertThat(TreeBar.line(progress(1, 1).bytes(MIB, MIB).stillWalking().after(10)))
        .isEqualTo(
            "1 of 1+ files  1.0 MiB of 1.0 MiB+  100 % server-side  0 files/s  102 KiB/s  -:-- left");
  }

  @Test
  void theFirstFilesTellNothingOfTheEnd() {
    assertThat(TreeBar.line(progress(1, 3000).bytes(MIB, 3000 * MIB).after(1)))
        .contains("  -:-- left");
    assertThat(TreeBar.line(progress(1, 3000).bytes(MIB, 3000 * MIB).after(2)))
        .contains("  1:39:58 left");
  }

  @Test
  void oneFileIsNotSeveralAndNothingHasNoShare() {
    assertThat(TreeBar.line(progress(1, 1).after(4)))
        .isEqualTo("1 of 1 file  0 B of 0 B  0 files/s  0 B/s  0:00 left");
  }

  @Test
  void shareOfTheServerLeavesOutWhatCameThroughThisMachine() {
    Map<CopyMethod, Long> methods = Map.of(CopyMethod.CLONE, 3L, CopyMethod.STREAM, 1L);

    assertThat(TreeBar.line(progress(1, 2).bytes(4, 8).by(methods).after(1)))
        .contains("  75 % server-side  ");
  }

  @Test
  void whatIsLeftOutOrFailsIsDoneToo() {
    assertThat(TreeBar.line(progress(0, 3000).bytes(0, 30 * MIB).skipped(1500).after(10)))
        .isEqualTo(
            "0 of 3,000 files  0 B of 30 MiB  0 files/s  0 B/s  0:10 left  1,500 left alone");
    assertThat(TreeBar.line(
            progress(100, 1000).bytes(MIB, 10 * MIB).skipped(300).failed(100).after(10)))
        .endsWith("  0:10 left  300 left alone  100 failed");
  }

  @Test
  void summaries() {
    assertThat(TreeBar.summary(progress(3000, 3000).bytes(47 * MIB, 47 * MIB).after(4)))
        .isEqualTo("3,000 files in 1 directory, 47 MiB in 4.0 s (copychunk 47 MiB)");
    assertThat(TreeBar.summary(progress(1, 1).after(4)))
        .isEqualTo("1 file in 1 directory, 0 B in 4.0 s");
    assertThat(TreeBar.summary(progress(0, 3).skipped(2).failed(1).after(1)))
        .isEqualTo("0 files in 1 directory, 0 B in 1.0 s; 2 left alone; 1 failed");
  }

  @Test
  void otherLinesTakeItsPlaceAndItComesBackBelow() {
    TreeBar bar = new TreeBar(terminal, true);
    bar.draw(progress(1, 2).after(4));
    terminal.warn("a");
    bar.draw(progress(1, 2).after(4));
    terminal.complain(Failure.usage("b", "", "", null), null);
    terminal.progress("c");

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(REMOVE + "copychunk: warning: a\n" + REMOVE + "\u001b[?7l1 of 2 files")
        .contains(REMOVE + "copychunk: b\nc\n");
  }

  @Test
  void aResultDoesNotStandBehindIt() {
    new TreeBar(terminal, true).draw(progress(1, 2).after(4));
    terminal.println("result");

    assertThat(err.toString(StandardCharsets.UTF_8)).endsWith(REMOVE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("result\n");
  }

  @Test
  void isGoneWhenTheProcessIsEnding() {
    TreeBar bar = new TreeBar(terminal, true);
    bar.draw(progress(1, 2).after(4));
    terminal.beSilent();
    bar.draw(progress(2, 2).after(4));
    terminal.progress("last words");

    assertThat(err.toString(StandardCharsets.UTF_8))
        .endsWith(REMOVE + "last words\n")
        .doesNotContain("2 of 2");
  }

  @Test
  void aLargeFileUnderWayCountsByItsBytes() {
    assertThat(TreeBar.line(progress(0, 1).bytes(1 << 29, 1 << 30).after(4)))
        .contains("0 of 1 file", "512 MiB of 1.0 GiB", "0:04 left");
  }

  private static Builder progress(long files, long known) {
    return new Builder(files, known);
  }

  private static final class Builder {
    private final long files;
    private final long knownFiles;
    private long bytes;
    private long knownBytes;
    private Map<CopyMethod, Long> methods = Map.of();
    private long skipped;
    private long failed;
    private boolean walked = true;

    Builder(long files, long knownFiles) {
      this.files = files;
      this.knownFiles = knownFiles;
    }

    Builder bytes(long done, long known) {
      bytes = done;
      knownBytes = known;
      return done == 0 ? this : by(Map.of(CopyMethod.COPYCHUNK, done));
    }

    Builder by(Map<CopyMethod, Long> some) {
      methods = some;
      return this;
    }

    Builder skipped(long count) {
      skipped = count;
      return this;
    }

    Builder failed(long count) {
      failed = count;
      return this;
    }

    Builder stillWalking() {
      walked = false;
      return this;
    }

    TreeProgress after(long seconds) {
      return new TreeProgress(
          files,
          1,
          bytes,
          methods,
          skipped,
          failed,
          0,
          knownFiles,
          knownBytes,
          walked,
          Duration.ofSeconds(seconds));
    }
  }
}
