package io.copychunk.it.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client gets to do that would take too long with all of it. */
class WorkTest {
  private static final Work MIXED = new Work(
      Case.MIXED, List.of("", "d", "d/e", "f"), List.of("d/e/1", "d/e/2", "d/3", "f/4", "5"), 500);

  @Test
  void noMoreDirectoriesThanItsFilesNeed() {
    Work limited = MIXED.limited(2);

    assertThat(limited.files()).containsExactly("d/e/1", "d/e/2");
    assertThat(limited.directories()).containsExactly("", "d", "d/e");
    assertThat(limited.units()).isEqualTo(2);
  }

  @Test
  void allOfItIfThatIsNotTooMuch() {
    assertThat(MIXED.limited(5)).isSameAs(MIXED);
  }
}
