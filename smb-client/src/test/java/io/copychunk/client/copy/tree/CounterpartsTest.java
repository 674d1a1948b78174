package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.copy.internal.Fingerprint;
import io.copychunk.client.copy.tree.Names.Found;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of directories. */
class CounterpartsTest {
  private static final long SECOND = 10_000_000;

  private final Room room = new Room(4);
  private final Fingerprint fingerprint = Fingerprint.random();
  private final Counterparts counterparts = new Counterparts(fingerprint, room);
  private final Names names = new Names(fingerprint, room);

  private static FileIdBothDirectoryInformation entry(String name, FileAttributes attributes) {
    return new FileIdBothDirectoryInformation(0, 1, 2, 3, 4, 5, 8, attributes, 0, "", 77, name);
  }

  @Test
  void areFoundWhateverTheirCase() {
    counterparts.add(List.of(entry("File", FileAttributes.NORMAL)));

    assertThat(counterparts.find("fILE")).isEqualTo(new Counterpart(5, 3, 77, false));
    assertThat(counterparts.find("File2")).isNull();
  }

  @Test
  void directoriesAreNoFiles() {
    counterparts.add(List.of(entry("dir", FileAttributes.DIRECTORY)));

    assertThat(counterparts.find("dir")).isEqualTo(new Counterpart(0, 3, 77, true));
  }

  @Test
  void thereAreNoMoreThanThereIsRoomFor() {
    for (int i = 0; i < 4; i++) {
      counterparts.add(List.of(entry("f" + i, FileAttributes.NORMAL)));
    }
    assertThatThrownBy(() -> counterparts.add(List.of(entry("g", FileAttributes.NORMAL))))
        .isInstanceOf(IllegalStateException.class);

    counterparts.close();
    assertThat(room.take()).isTrue();
  }

  @Test
  void oneThatIsListedTwiceTakesRoomOnce() {
    for (int i = 0; i < 9; i++) {
      counterparts.add(List.of(entry("f", FileAttributes.NORMAL)));
    }

    assertThat(counterparts.find("f")).isNotNull();
  }

  @Test
  void namesThatDifferInCaseAloneAreNoticed() {
    assertThat(names.add("a")).isEqualTo(Found.NEW);
    assertThat(names.add("b")).isEqualTo(Found.NEW);
    assertThat(names.add("A")).isEqualTo(Found.IN_OTHER_CASE);
    assertThat(names.add("a")).isEqualTo(Found.AGAIN);
  }

  @Test
  void namesThatThereIsNoRoomForAreNotNoticed() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      assertThat(names.add(name)).isEqualTo(Found.NEW);
    }
    assertThat(names.add("E")).isEqualTo(Found.NEW);
    assertThat(names.add("D")).isEqualTo(Found.IN_OTHER_CASE);

    names.close();
    assertThat(new Names(fingerprint, room).add("e")).isEqualTo(Found.NEW);
  }

  @Test
  void aTimeWithoutFractionsStandsForAll() {
    long time = 5 * SECOND + 123;

    assertThat(new Counterpart(1, time, 0, false).isOfTime(time)).isTrue();
    assertThat(new Counterpart(1, 5 * SECOND, 0, false).isOfTime(time)).isTrue();
    assertThat(new Counterpart(1, 5 * SECOND, 0, false).isOfTime(4 * SECOND + 1))
        .isFalse();
    assertThat(new Counterpart(1, 5 * SECOND + 1, 0, false).isOfTime(time)).isFalse();
    assertThat(new Counterpart(1, time, 0, false).isOfTime(5 * SECOND)).isFalse();
  }

  @Test
  void aDirectoryThatIsThereTwiceIsALinkAsWell() {
    Siblings siblings = new Siblings();
    assertThat(siblings.areNone()).isTrue();
    siblings.add(1);
    siblings.add(2);
    siblings.add(2);
    siblings.add(0);

    assertThat(siblings.areNone()).isFalse();
    assertThat(siblings.isOnce(1)).isTrue();
    assertThat(siblings.isOnce(2)).isFalse();
    assertThat(siblings.isOnce(0)).as("not known").isFalse();
    assertThat(siblings.isOnce(3)).isFalse();
  }
}
