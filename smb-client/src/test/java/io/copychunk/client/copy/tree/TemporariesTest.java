package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.copy.CopyOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many directories for temporary names a directory gets. */
class TemporariesTest {
  private static final int MAX_FILES = 4096;

  /** For a directory of so many files on a server that is so far. */
  private static int count(long files, int roundTripMillis, boolean inPlace) {
    TreeOptions options = TreeOptions.builder()
        .files(CopyOptions.builder().inPlace(inPlace).build())
        .build();
    FileWindow window = new FileWindow(MAX_FILES, () -> Duration.ofMillis(roundTripMillis));
    Temporaries temporaries = new Temporaries(null, null, null, options, null, window);
    Directory directory = new Directory(null, "", null);
    directory.found = files;
    int count = temporaries.beget(directory);
    assertThat(directory.underWay).isEqualTo(count);
    assertThat(temporaries.beget(directory)).as("asked again").isZero();
    return count;
  }

  @Test
  void aSmallDirectoryGetsNone() {
    assertThat(count(127, 50, false)).isZero();
  }

  @Test
  void whereFewFilesAreUnderWayThereIsOne() {
    assertThat(count(100_000, 0, false)).isEqualTo(1);
    assertThat(count(200, 50, false)).isEqualTo(1);
  }

  @Test
  void theFartherTheServerTheMoreThereAre() {
    assertThat(count(100_000, 10, false)).isEqualTo(2);
    assertThat(count(100_000, 50, false)).isEqualTo(8);
    assertThat(count(512, 50, false)).isEqualTo(4);
  }

  @Test
  void inPlaceThereIsNone() {
    assertThat(count(100_000, 50, true)).isZero();
  }
}
