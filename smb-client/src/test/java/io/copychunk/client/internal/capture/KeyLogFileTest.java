package io.copychunk.client.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLogFileTest {
  @TempDir
  private Path directory;

  @Test
  void aLineForEachSessionInTheOrderOfTheWire() throws Exception {
    Path path = directory.resolve("keys");
    try (KeyLogFile file = KeyLogFile.create(path)) {
      file.log(0x0102030405060708L, filled(16, 0xAA), filled(16, 0xBB), filled(16, 0xCC));
      file.log(-1, filled(16, 1), filled(32, 2), filled(32, 3));
    }
    assertThat(path)
        .hasContent("0807060504030201," + "aa".repeat(16) + "," + "bb".repeat(16) + ","
            + "cc".repeat(16) + "\n" + "ff".repeat(8) + "," + "01".repeat(16) + ","
            + "02".repeat(32) + "," + "03".repeat(32) + "\n");
  }

  @Test
  void withoutACipherTheSessionKeyAlone() throws Exception {
    Path path = directory.resolve("keys");
    try (KeyLogFile file = KeyLogFile.create(path)) {
      file.log(1, filled(16, 0xAA), null, null);
    }
    assertThat(path).hasContent("0100000000000000," + "aa".repeat(16) + ",\"\",\"\"\n");
  }

  @Test
  void ofALongSessionKeyTheFirst16Bytes() throws Exception {
    Path path = directory.resolve("keys");
    try (KeyLogFile file = KeyLogFile.create(path)) {
      file.log(1, filled(32, 0xAA), null, null);
      file.log(1, filled(8, 0xAA), null, null);
    }
    assertThat(path)
        .hasContent("0100000000000000," + "aa".repeat(16) + ",\"\",\"\"\n" + "0100000000000000,"
            + "aa".repeat(8) + "00".repeat(8) + ",\"\",\"\"\n");
  }

  @Test
  void section7ItIsShownAsItsPath() throws Exception {
    Path path = directory.resolve("keys");
    try (KeyLogFile file = KeyLogFile.create(path)) {
      file.log(1, filled(16, 0xAA), null, null);
      assertThat(file).hasToString(path.toString());
    }
  }

  private static byte[] filled(int size, int octet) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }
}
