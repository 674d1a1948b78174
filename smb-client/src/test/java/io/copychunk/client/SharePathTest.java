package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class SharePathTest {
  @ParameterizedTest
  @CsvSource({
    "a.bin, a.bin",
    "dir/a.bin, dir\\a.bin",
    "dir\\a.bin, dir\\a.bin",
    "/dir/a.bin/, dir\\a.bin",
    "\\\\dir\\, dir",
    "'', ''",
    "/, ''",
    "a b/ü.txt, a b\\ü.txt",
    "a.txt:stream:$DATA, a.txt:stream:$DATA",
    "..a/b.., ..a\\b.."
  })
  void travelsWithBackslashesAndNoneAtEitherEnd(String path, String sent) {
    assertThat(SharePath.inside(path)).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a//b", "a\\\\b", "../a", "a/./b", "a/..", ".", "a\0b"})
  void refusesWhatNoFileCanHave(String path) {
    assertThatThrownBy(() -> SharePath.inside(path)).isInstanceOf(InvalidPathException.class);
  }

  @Test
  void aPathIsAsLongAsItsLengthFieldCanTell() {
    String longest = "a".repeat(32_767);
    assertThat(SharePath.inside(longest)).isEqualTo(longest);
    assertThatThrownBy(() -> SharePath.inside(longest + "a"))
        .isInstanceOf(InvalidPathException.class)
        .hasMessageContaining("32767");
  }

  @Test
  void aShareIsNamedWithItsHost() {
    assertThat(SharePath.share("nas", "IPC$")).isEqualTo("\\\\nas\\IPC$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a\\b", ".", "..", "a\0"})
  void refusesWhatNoShareCanBeCalled(String share) {
    assertThatThrownBy(() -> SharePath.share("nas", share))
        .isInstanceOf(InvalidPathException.class);
  }

  @Test
  void aShareNameThatDoesNotFitARequestIsRefused() {
    assertThatThrownBy(() -> SharePath.share("nas", "a".repeat(40_000)))
        .isInstanceOf(InvalidPathException.class)
        .hasMessageContaining("255");
  }
}
