package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobsTest {
  @ParameterizedTest
  @CsvSource({
    "*.tmp,      a\\b\\c.TMP,    true",
    "*.tmp,      a\\b\\c.tmp.x,  false",
    "c.txt,      a\\b\\c.txt,    true",
    "/c.txt,     a\\b\\c.txt,    false",
    "/c.txt,     c.txt,          true",
    "a/*.txt,    a\\c.txt,       true",
    "a/*.txt,    a\\b\\c.txt,    false",
    "a/**,       a\\b\\c.txt,    true",
    "**/c.txt,   c.txt,          true",
    "**/c.txt,   a\\b\\c.txt,    true",
    "a/**/c.txt, a\\c.txt,       true",
    "?.txt,      ä.txt,          true",
    "?.txt,      ab.txt,         false",
    "Ä.txt,      ä.txt,          true",
    "[a-c]?.t,   bx.t,           true",
    "[!a-c]?.t,  bx.t,           false",
    "a+(b).txt,  a+(b).txt,      true",
    "a+(b).txt,  aab.txt,        false",
    "b/,         b,              false",
  })
  void matchesFiles(String glob, String path, boolean matches) {
    assertThat(Globs.of(List.of(), List.of(glob)).test(path, false)).isEqualTo(!matches);
    assertThat(Globs.of(List.of(glob), List.of()).test(path, false)).isEqualTo(matches);
  }

  @Test
  void whatIsExcludedIsNotIncluded() {
    Globs globs = Globs.of(List.of("*.java", "*.md"), List.of("Test*", "/build/"));

    assertThat(globs.test("src\\A.java", false)).isTrue();
    assertThat(globs.test("src\\TestA.java", false)).isFalse();
    assertThat(globs.test("src\\a.txt", false)).isFalse();
    assertThat(globs.test("src", true)).isTrue(); // there may be something in it
    assertThat(globs.test("build", true)).isFalse();
    assertThat(globs.test("src\\build", true)).isTrue();
  }

  @Test
  void withoutPatternsEverythingIsWanted() {
    assertThat(Globs.of(List.of(), List.of()).test("a", false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a[b"})
  void refusesWhatIsNoPattern(String glob) {
    assertThatThrownBy(() -> Globs.of(List.of(glob), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }
}
