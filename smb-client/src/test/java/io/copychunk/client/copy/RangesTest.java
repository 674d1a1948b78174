package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.CopyRange;
import io.copychunk.client.FileRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangesTest {
  @Test
  void neighboursAreJoinedAndPutInOrder() {
    assertThat(Ranges.joined(
            List.of(new CopyRange(10, 10, 5), new CopyRange(0, 0, 10), new CopyRange(20, 15, 5))))
        .containsExactly(new CopyRange(0, 0, 15), new CopyRange(20, 15, 5));
    assertThat(Ranges.joined(List.of())).isEmpty();
  }

  @Test
  void rangesAreCut() {
    CopyRange range = new CopyRange(100, 200, 50);

    assertThat(range.first(20)).isEqualTo(new CopyRange(100, 200, 20));
    assertThat(range.after(20)).isEqualTo(new CopyRange(120, 220, 30));
    assertThat(range.first(50)).isSameAs(range);
    assertThat(range.after(0)).isSameAs(range);
  }

  @Test
  void impossibleRangesAreRefused() {
    assertThatThrownBy(() -> new CopyRange(-1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CopyRange(0, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CopyRange(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CopyRange(0, Long.MAX_VALUE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FileRange(1, Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyDataIsMoved() {
    List<FileRange> data =
        List.of(new FileRange(10, 10), new FileRange(30, 10), new FileRange(90, 100));

    assertThat(DataRanges.within(List.of(CopyRange.at(0, 100)), data))
        .containsExactly(CopyRange.at(10, 10), CopyRange.at(30, 10), CopyRange.at(90, 10));
    assertThat(DataRanges.within(List.of(CopyRange.at(15, 2), CopyRange.at(18, 20)), data))
        .containsExactly(CopyRange.at(15, 2), CopyRange.at(18, 2), CopyRange.at(30, 8));
    assertThat(DataRanges.within(List.of(CopyRange.at(20, 10)), data)).isEmpty();
  }

  @Test
  void holesAreWhatIsNoData() {
    List<FileRange> data = List.of(new FileRange(10, 10), new FileRange(30, 10));

    assertThat(DataRanges.holes(data, 50))
        .containsExactly(new FileRange(0, 10), new FileRange(20, 10), new FileRange(40, 10));
    assertThat(DataRanges.holes(data, 40))
        .containsExactly(new FileRange(0, 10), new FileRange(20, 10));
    assertThat(DataRanges.holes(List.of(), 5)).containsExactly(new FileRange(0, 5));
  }

  @Test
  void whatIsShiftedUpIsMovedFromItsEnd() {
    assertThat(Shift.pieces(new CopyRange(0, 4, 10), 4))
        .containsExactly(new CopyRange(8, 12, 2), new CopyRange(4, 8, 4), new CopyRange(0, 4, 4));
    assertThat(Shift.pieces(new CopyRange(4, 0, 10), 4))
        .containsExactly(new CopyRange(4, 0, 4), new CopyRange(8, 4, 4), new CopyRange(12, 8, 2));
  }

  @Test
  void tellsWhetherAByteIsWrittenTwice() {
    assertThat(Ranges.overlapInTarget(List.of(new CopyRange(50, 10, 10), new CopyRange(0, 0, 10))))
        .isFalse();
    assertThat(Ranges.overlapInTarget(List.of(new CopyRange(50, 9, 10), new CopyRange(0, 0, 10))))
        .isTrue();
    assertThat(Ranges.overlapInTarget(List.of(new CopyRange(0, 0, 9), new CopyRange(50, 8, 1))))
        .isTrue();
  }
}
