package io.copychunk.fscc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Vectors;
import io.copychunk.wire.Guid;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reparse points, byte by byte as MS-FSCC 2.1.2 lays them out. */
class ReparsePointTest {
  private static final String NAMES = "2e002e005c006100"; // ..\a

  @Test
  void aSymbolicLink() {
    SymbolicLinkReparseData link = new SymbolicLinkReparseData("..\\a", "..\\a", true);
    byte[] bytes =
        Vectors.hex("0c0000a0 1c00 0000" + "0000 0800 0800 0800 01000000" + NAMES + NAMES);

    ReparseDataBuffer reparsePoint = link.toReparsePoint();

    assertThat(WireWriter.toBytes(reparsePoint::write)).isEqualTo(bytes);
    assertThat(ReparseDataBuffer.read(WireReader.of(bytes))).isEqualTo(reparsePoint);
    assertThat(SymbolicLinkReparseData.read(reparsePoint.data().reader())).isEqualTo(link);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ReparseDataBuffer.read(WireReader.of(cut)))
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  /** Windows puts the name for people first. */
  @Test
  void namesAreWhereTheirOffsetsSay() {
    byte[] data = Vectors.hex("0200 0200 0000 0200 00000000 6200 6100");

    assertThat(SymbolicLinkReparseData.read(WireReader.of(data)))
        .isEqualTo(new SymbolicLinkReparseData("a", "b", false));
  }

  @ParameterizedTest
  @CsvSource({"0, ffff", "2, 0600", "2, 0100", "4, 0300", "6, ffff"})
  void namesOutsideOfTheData(int at, String value) {
    byte[] data = Vectors.hex("0000 0200 0200 0200 00000000 6100 6200");
    System.arraycopy(Vectors.hex(value), 0, data, at, 2);

    assertThatThrownBy(() -> SymbolicLinkReparseData.read(WireReader.of(data)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void aJunction() {
    MountPointReparseData junction = new MountPointReparseData("\\??\\C:\\a", "C:\\a");
    byte[] bytes = Vectors.hex("030000a0 2400 0000" + "0000 1000 1200 0800"
        + "5c003f003f005c0043003a005c006100 0000" + "43003a005c006100 0000");

    assertThat(WireWriter.toBytes(junction.toReparsePoint()::write)).isEqualTo(bytes);
    assertThat(MountPointReparseData.read(junction.toReparsePoint().data().reader()))
        .isEqualTo(junction);
  }

  @Test
  void tagsOfOthersComeWithAGuidThatDoesNotCountAsData() {
    Guid guid = Guid.of(UUID.fromString("33221100-5544-7766-8899-aabbccddeeff"));
    ReparseDataBuffer foreign =
        new ReparseDataBuffer(new ReparseTag(0x42), guid, Octets.ofHex("010203"));
    byte[] bytes = Vectors.hex("42000000 0300 0000 00112233445566778899aabbccddeeff 010203");

    assertThat(WireWriter.toBytes(foreign::write)).isEqualTo(bytes);
    assertThat(ReparseDataBuffer.read(WireReader.of(bytes))).isEqualTo(foreign);
    assertThatThrownBy(() -> new ReparseDataBuffer(new ReparseTag(0x42), null, Octets.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReparseDataBuffer(ReparseTag.SYMLINK, guid, Octets.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noneIsLargerThan16KiB() {
    byte[] largest = new byte[ReparseDataBuffer.MAX_SIZE + 1];
    byte[] header = Vectors.hex("130000 80 f83f 0000");
    System.arraycopy(header, 0, largest, 0, header.length);

    assertThat(ReparseDataBuffer.read(WireReader.of(largest)).data().size()).isEqualTo(16_376);
    largest[4]++;
    assertThatThrownBy(() -> ReparseDataBuffer.read(WireReader.of(largest)))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(
            () -> new ReparseDataBuffer(ReparseTag.DEDUP, null, Octets.copyOf(new byte[16_377])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a000000c, true, false",
    "a0000003, true, false",
    "a000001d, true, false",
    "80000013, false, true",
    "9000001a, false, true",
    "9000f01a, false, true",
    "80000017, false, true",
    "80000014, false, false",
    "00000042, false, false"
  })
  void linksAndWaysOfStorage(String tag, boolean surrogate, boolean storage) {
    ReparseTag reparseTag = new ReparseTag(Integer.parseUnsignedInt(tag, 16));

    assertThat(reparseTag.isNameSurrogate()).isEqualTo(surrogate);
    assertThat(reparseTag.isStorage()).isEqualTo(storage);
    assertThat(reparseTag).hasToString("0x" + tag);
  }
}
