package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.tree.Directory.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many directories for temporary names a directory gets, and until when. */
class TemporariesTest {
  private static final int MAX_FILES = 4096;

  private final Directory directory = new Directory(null, "", null);

  private static Temporaries temporaries(int roundTripMillis, boolean inPlace) {
    TreeOptions options = TreeOptions.builder()
        .files(CopyOptions.builder().inPlace(inPlace).build())
        .build();
    FileWindow window = new FileWindow(MAX_FILES, () -> Duration.ofMillis(roundTripMillis));
    return new Temporaries(null, null, null, options, null, window);
  }

  /** For a directory of so many files on a server that is so far. */
  private static int count(long files, int roundTripMillis, boolean inPlace) {
    Temporaries temporaries = temporaries(roundTripMillis, inPlace);
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
  void asMoreFilesAreFoundThereAreMore() {
    Temporaries temporaries = temporaries(50, false);
    directory.found = 480; // a first page
    int first = temporaries.beget(directory);
    directory.found = 2000;

    assertThat(first).isEqualTo(3);
    assertThat(temporaries.beget(directory)).isEqualTo(5);
    assertThat(directory.underWay).isEqualTo(8);
  }

  @Test
  void inPlaceThereIsNone() {
    assertThat(count(100_000, 50, true)).isZero();
  }

  /** Lists the directory, and begins all files of it. */
  private List<Work> begun(Temporaries temporaries, int files) {
    for (int i = 0; i < files; i++) {
      directory.files.add(new Work(null));
    }
    directory.found = files;
    directory.isLoading = false;
    for (int i = temporaries.beget(directory); i > 0; i--) {
      directory.temporaries.add("temporary " + i);
      directory.underWay--;
    }
    List<Work> begun = new ArrayList<>();
    while (!directory.files.isEmpty()) {
      begun.add(temporaries.begun(directory, directory.files.remove()));
    }
    return begun;
  }

  private static long last(List<Work> begun) {
    return begun.stream().filter(Work::isAmongTheLast).count();
  }

  @Test
  void asManyOfTheLastFilesDoWithoutAsEndInARoundTrip() {
    List<Work> begun = begun(temporaries(50, false), 300);

    assertThat(last(begun)).isEqualTo(100);
    assertThat(last(begun.subList(0, 200))).isZero();
  }

  @Test
  void nextDoorNoneDoes() {
    assertThat(last(begun(temporaries(0, false), 300))).isZero();
  }

  @Test
  void inASmallDirectoryNothingIsToBeDecided() {
    assertThat(last(begun(temporaries(50, false), 100))).isZero();
  }

  @Test
  void ofADirectoryThatAListMayHaveMoreOfNoneIsAmongTheLast() {
    directory.isKept = true;

    assertThat(last(begun(temporaries(50, false), 300))).isZero();
  }

  @Test
  void theyAreOfNoUseWhenAllButTheLastHaveEnded() {
    Temporaries temporaries = temporaries(50, false);
    List<Work> begun = begun(temporaries, 300);

    List<String> unused = List.of();
    int ended = 0;
    while (unused.isEmpty()) {
      temporaries.ended(directory, begun.get(ended++));
      unused = temporaries.takeUnused(directory);
    }

    assertThat(ended).isEqualTo(200);
    assertThat(unused).containsExactly("temporary 2", "temporary 1");
    assertThat(directory.underWay).as("until they are removed").isOne();
    assertThat(temporaries.takeUnused(directory)).as("once").isEmpty();
  }

  @Test
  void aFileThatIsTriedAgainDoesWithoutToo() {
    Temporaries temporaries = temporaries(50, false);
    List<Work> begun = begun(temporaries, 300);

    temporaries.ended(directory, begun.get(0));

    assertThat(temporaries.begun(directory, begun.get(0).again()).isAmongTheLast())
        .isTrue();
  }
}
