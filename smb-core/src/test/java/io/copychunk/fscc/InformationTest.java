package io.copychunk.fscc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Information;
import io.copychunk.testing.Vectors;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The information classes, byte for byte as MS-FSCC has them. */
class InformationTest {
  static Stream<Arguments> bytes() {
    return Stream.of(
        Arguments.of(
            "file-basic",
            new FileBasicInformation(1, 2, 3, 4, FileAttributes.ARCHIVE),
            "0100000000000000 0200000000000000 0300000000000000 0400000000000000 20000000 00000000"),
        Arguments.of(
            "file-standard",
            new FileStandardInformation(4096, 5, 2, true, false),
            "0010000000000000 0500000000000000 02000000 01 00 0000"),
        Arguments.of(
            "file-network-open",
            new FileNetworkOpenInformation(1, 2, 3, 4, 4096, 5, FileAttributes.HIDDEN),
            "0100000000000000 0200000000000000 0300000000000000 0400000000000000"
                + " 0010000000000000 0500000000000000 02000000 00000000"),
        Arguments.of(
            "file-rename",
            new FileRenameInformation(true, "a\\bc"),
            "01 00000000000000 0000000000000000 08000000 61005c0062006300"),
        Arguments.of(
            "file-rename",
            new FileRenameInformation(false, "a"), // padded to what old servers take
            "00 00000000000000 0000000000000000 02000000 6100 0000"),
        Arguments.of(
            "file-normalized-name",
            new FileNormalizedNameInformation("a\\bc"),
            "08000000 61005c0062006300"),
        Arguments.of("file-disposition", new FileDispositionInformation(true), "01"),
        Arguments.of(
            "file-allocation", new FileAllocationInformation(0x1_0000_0000L), "0000000001000000"),
        Arguments.of(
            "file-end-of-file", new FileEndOfFileInformation(0x1_0000_0001L), "0100000001000000"),
        Arguments.of(
            "file-stream",
            new FileStreamInformation(List.of(
                new FileStreamInformation.Stream("::$DATA", 5, 4096),
                new FileStreamInformation.Stream(":a:$DATA", 1, 2))),
            "28000000 0e000000 0500000000000000 0010000000000000 3a003a0024004400410054004100 0000"
                + " 00000000 10000000 0100000000000000 0200000000000000"
                + " 3a0061003a00240044004100540041 00"),
        Arguments.of(
            "file-full-ea",
            new FileFullEaInformation(List.of(
                new FileFullEaInformation.Attribute(0, "AB", Octets.ofHex("0102")),
                new FileFullEaInformation.Attribute(0x80, "C", Octets.ofHex("03")))),
            "10000000 00 02 0200 4142 00 0102 000000 00000000 80 01 0100 43 00 03"),
        Arguments.of(
            "file-fs-attribute",
            new FileFsAttributeInformation(
                FileSystemAttributes.SUPPORTS_BLOCK_REFCOUNTING, 255, "NTFS"),
            "00000008 ff000000 08000000 4e00540046005300"),
        Arguments.of(
            "file-fs-full-size",
            new FileFsFullSizeInformation(10, 9, 8, 2, 512),
            "0a00000000000000 0900000000000000 0800000000000000 02000000 00020000"),
        Arguments.of(
            "file-id-both-directory",
            List.of(
                new FileIdBothDirectoryInformation(
                    7, 1, 2, 3, 4, 5, 6, FileAttributes.DIRECTORY, 8, "AB~1", 9, "abc"),
                new FileIdBothDirectoryInformation(
                    0, 0, 0, 0, 0, 0, 0, FileAttributes.NONE, 0, "", 0, "d")),
            "70000000 07000000 0100000000000000 0200000000000000 0300000000000000"
                + " 0400000000000000 0500000000000000 0600000000000000 10000000 06000000"
                + " 08000000 08 00 410042007e003100 00000000000000000000000000000000 0000"
                + " 0900000000000000 610062006300 0000"
                + "00".repeat(8 + 48) + " 00000000 02000000 00000000 00 00 "
                + "00".repeat(24 + 2 + 8) + " 6400"));
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void isWrittenAndReadAsTheSpecificationSays(String name, Object information, String hex) {
    Information<?> known = named(name);
    byte[] expected = Vectors.hex(hex);

    assertThat(Octets.copyOf(known.write(information)).hex())
        .isEqualTo(Octets.copyOf(expected).hex());
    assertThat(known.reader().apply(WireReader.of(expected))).isEqualTo(information);
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void isRefusedWhenItIsCut(String name, Object information, String hex) {
    byte[] whole = Vectors.hex(hex);
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Object read;
      try {
        read = named(name).reader().apply(WireReader.of(cut));
      } catch (MalformedMessageException e) {
        continue;
      }
      assertThat(read).as("%d bytes", length).isEqualTo(information); // padding is not missed
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"18000000", "17000000", "01000000", "ffffffff", "00000080"})
  void listsGoForwardAndStayInside(String next) {
    byte[] bytes = Vectors.hex(next + "0000000000000000" + "00".repeat(20));

    assertThatThrownBy(() -> FileStreamInformation.read(WireReader.of(bytes)))
        .satisfiesAnyOf(
            failure -> assertThat(failure).isInstanceOf(MalformedMessageException.class),
            failure -> assertThat(next).isEqualTo("18000000"));
  }

  @Test
  void namesOfOddLengthAreRefused() {
    assertThatThrownBy(() -> FileStreamInformation.read(
            WireReader.of(Vectors.hex("00000000 03000000" + "00".repeat(16) + "3a003a00"))))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void negativeSizesAreRefused() {
    for (String name : List.of("file-standard", "file-end-of-file", "file-allocation")) {
      assertThatThrownBy(
              () -> named(name).reader().apply(WireReader.of(Vectors.hex("ff".repeat(24)))))
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void attributesWithoutANameAreRefused() {
    assertThatThrownBy(
            () -> FileFullEaInformation.read(WireReader.of(Vectors.hex("00000000 00 00 0000 00"))))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> new FileFullEaInformation.Attribute(0, "", Octets.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyListHasNoEntry() {
    assertThat(FileStreamInformation.read(WireReader.of(new byte[0])).streams()).isEmpty();
  }

  @Test
  void securityDescriptorsAreLeftAsTheyAre() {
    SecurityInformation parts = SecurityInformation.OWNER.with(SecurityInformation.DACL);
    InformationClass<SecurityDescriptor> asked = SecurityDescriptor.classOf(parts);
    SecurityDescriptor read = asked.read(WireReader.of(Vectors.hex("01020304")));

    assertThat(asked.infoType()).isEqualTo(InfoType.SECURITY);
    assertThat(asked.additionalInformation()).isEqualTo(5);
    assertThat(read.additionalInformation()).isEqualTo(5);
    assertThat(WireWriter.toBytes(read::write)).containsExactly(1, 2, 3, 4);
    assertThat(read.toString()).doesNotContain("01020304");
  }

  @Test
  void onlyWhatAClientCanSetIsSettable() {
    assertThat(FileAttributes.DIRECTORY.with(FileAttributes.HIDDEN).settable())
        .isEqualTo(FileAttributes.HIDDEN);
    assertThat(FileAttributes.SPARSE_FILE.settable()).isEqualTo(FileAttributes.NORMAL);
  }

  @Test
  void fileTimesCountFrom1601() {
    Instant instant = Instant.parse("2026-11-25T08:40:24.123456700Z");

    assertThat(FileTimes.instant(0)).isEqualTo(Instant.parse("1601-01-01T00:00:00Z"));
    assertThat(FileTimes.instant(FileTimes.of(instant))).isEqualTo(instant);
    assertThat(FileTimes.of(Instant.parse("1970-01-01T00:00:00Z")))
        .isEqualTo(116_444_736_000_000_000L);
    assertThat(FileTimes.instant(-1)).isAfter(Instant.parse("+30000-01-01T00:00:00Z"));
  }

  private static Information<?> named(String name) {
    return Information.all().stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
