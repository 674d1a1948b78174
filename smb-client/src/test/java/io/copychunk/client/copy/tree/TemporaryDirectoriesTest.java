package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The directories of files without their names. */
class TemporaryDirectoriesTest {
  private final TemporaryDirectories directories = new TemporaryDirectories();

  @Test
  void thereIsNoneAtFirst() {
    assertThat(directories.next()).isNull();
    assertThat(directories.areAny()).isFalse();
    assertThat(directories.take()).isEmpty();
  }

  @Test
  void theyTakeTurns() {
    directories.add("a");
    directories.add("b");

    assertThat(List.of(directories.next(), directories.next(), directories.next()))
        .isEqualTo(List.of("a", "b", "a"));
    assertThat(directories.areAny()).isTrue();
  }

  @Test
  void thoseThatAreTakenAreForNobodyElse() {
    directories.add("a");
    directories.add("b");

    assertThat(directories.take()).containsExactly("a", "b");
    assertThat(directories.next()).isNull();
    assertThat(directories.areAny()).isFalse();
  }
}
