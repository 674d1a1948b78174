package io.copychunk.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTextTest {
  @ParameterizedTest
  @CsvSource({
    "000a,\\u000a",
    "000d,\\u000d",
    "001b,\\u001b",
    "007f,\\u007f",
    "009b,\\u009b",
    "202e,\\u202e",
    "2066,\\u2066",
    "2028,\\u2028",
    "feff,\\ufeff",
    "ffff,\\uffff",
    "d800,\\ud800",
    "1ffff,\\U0001ffff"
  })
  void whatATerminalWouldObeyIsEscaped(String codePoint, String expected) {
    String hostile = Character.toString(Integer.parseInt(codePoint, 16));

    assertThat(PrintableText.of("a" + hostile + "b")).isEqualTo("a" + expected + "b");
  }

  @Test
  void ordinaryTextStays() {
    assertThat(PrintableText.of("a ü 漢 😀 \\ \"…\"")).isEqualTo("a ü 漢 😀 \\ \"…\"");
  }

  @Test
  void longTextKeepsItsBeginningAndItsEnd() {
    String shown = PrintableText.of("a".repeat(1000) + "😀".repeat(5000) + "b".repeat(500));

    assertThat(shown).isEqualTo("a".repeat(1000) + "…" + "b".repeat(500));
    assertThat(PrintableText.of("😀".repeat(PrintableText.MAX_CODE_POINTS)))
        .isEqualTo("😀".repeat(PrintableText.MAX_CODE_POINTS));
  }
}
