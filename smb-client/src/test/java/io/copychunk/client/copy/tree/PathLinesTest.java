package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathLinesTest {
  private static List<ListedPath> read(byte[] bytes) {
    List<ListedPath> paths = new ArrayList<>();
    new PathLines(new ByteArrayInputStream(bytes)).forEachRemaining(paths::add);
    return paths;
  }

  private static List<ListedPath> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhateverEndsItsLines() {
    assertThat(read("\uFEFFa/b\r\n\n  c d\\ä\r\n\r\n🂡"))
        .containsExactly(
            new ListedPath("a\\b", 1, null),
            new ListedPath("  c d\\ä", 3, null),
            new ListedPath("🂡", 5, null));
    assertThat(read("")).isEmpty();
    assertThat(read("\uFEFF")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"./a/b, a\\b", "a//b/, a\\b", ".\\a\\.\\b\\, a\\b", "..a/...b, ..a\\...b"})
  void whatMeansNothingIsLeftOut(String text, String path) {
    assertThat(ListedPath.of(text, 7)).isEqualTo(new ListedPath(path, 7, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "a/../b", "a\\..", "/a", "\\a", "//h/s/a", "C:\\a", "a:b", ".", "./", "a\0"})
  void refusesWhatIsNoPathOfTheTree(String text) {
    assertThat(read("ok\n" + text + "\nok too").get(1)).satisfies(refused -> {
      assertThat(refused.refusal()).isNotEmpty();
      assertThat(refused.line()).isEqualTo(2);
    });
    assertThat(read("ok\n" + text + "\nok too").get(2).refusal()).isNull();
  }

  @Test
  void refusesWrongUtf8AndGoesOn() {
    byte[] bytes = "a\nb?\nc".getBytes(StandardCharsets.UTF_8);
    bytes[3] = (byte) 0xC3;

    assertThat(read(bytes))
        .containsExactly(
            new ListedPath("a", 1, null),
            new ListedPath("b\uFFFD", 2, "wrong UTF-8"),
            new ListedPath("c", 3, null));
  }

  @Test
  void aLineWithoutEndIsNotKept() {
    InputStream endless = new InputStream() {
      private long left = 50_000_000;

      @Override
      public int read() {
        return --left > 0 ? 'a' : left == 0 ? '\n' : -1;
      }
    };
    List<ListedPath> paths = new ArrayList<>();
    new PathLines(endless).forEachRemaining(paths::add);

    assertThat(paths).singleElement().satisfies(path -> {
      assertThat(path.refusal()).contains("longer than");
      assertThat(path.path()).hasSizeLessThan(100);
    });
  }

  @Test
  void failsAsItsStreamDoes() {
    PathLines lines = new PathLines(new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("unplugged");
      }
    });

    assertThatThrownBy(lines::hasNext)
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("unplugged");
  }

  @Test
  void thereIsNothingBehindTheEnd() {
    assertThatThrownBy(new PathLines(new ByteArrayInputStream(new byte[0]))::next)
        .isInstanceOf(NoSuchElementException.class);
  }
}
