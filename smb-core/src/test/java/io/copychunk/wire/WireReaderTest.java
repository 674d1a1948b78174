package io.copychunk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireReaderTest {
  @Test
  void integersAreLittleEndianAndUnsigned() {
    WireReader in = reader("fe feff fcfdfeff f8f9fafbfcfdfeff ffffff7f");
    assertThat(in.u8()).isEqualTo(0xFE);
    assertThat(in.u16()).isEqualTo(0xFFFE);
    assertThat(in.u32()).isEqualTo(0xFFFEFDFCL);
    assertThat(in.bits64()).isEqualTo(0xFFFEFDFCFBFAF9F8L);
    assertThat(in.bits32()).isEqualTo(Integer.MAX_VALUE);
    assertThat(in.remaining()).isZero();
    assertThat(in.position()).isEqualTo(19);
  }

  @Test
  void nothingIsReadBeyondTheEnd() {
    List<Consumer<WireReader>> reads = List.of(
        WireReader::u8,
        WireReader::u16,
        WireReader::u32,
        WireReader::bits32,
        WireReader::bits64,
        WireReader::guid,
        WireReader::fileId,
        WireReader::peekU16,
        in -> in.size64("Size"),
        in -> in.skip(1),
        in -> in.bytes(1),
        in -> in.octets(1),
        in -> in.utf16(2));
    for (Consumer<WireReader> read : reads) {
      assertMalformed(() -> read.accept(reader("")));
    }
    assertMalformed(() -> reader("00000000000000").bits64());
  }

  @Test
  void aFailedReadDoesNotMove() {
    WireReader in = reader("010203");
    assertMalformed(in::u32);
    assertThat(in.position()).isZero();
    assertThat(in.u16()).isEqualTo(0x0201);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {-1, 4, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL, Long.MAX_VALUE, Long.MIN_VALUE})
  void hostileLengthsAreRefusedBeforeAnythingIsAllocated(long length) {
    assertMalformed(() -> reader("010203").bytes(length));
    assertMalformed(() -> reader("010203").octets(length));
    assertMalformed(() -> reader("010203").skip(length));
    assertMalformed(() -> reader("010203").utf16(length));
  }

  @Test
  void sizesFrom2To63AreRefused() {
    assertThat(reader("ffffffffffffff7f").size64("Size")).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> reader("0000000000000080").size64("EndOfFile"))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("EndOfFile: 0x8000000000000000 (expected: < 2^63)");
  }

  @Test
  void textKeepsUnpairedSurrogates() {
    assertThat(reader("00d8 4100").utf16(4)).isEqualTo("\uD800A");
    assertMalformed(() -> reader("410042").utf16(3));
  }

  @ParameterizedTest
  @CsvSource({"2, 4, 02030405", "6, 2, 0607", "2, 6, 020304050607"})
  void regionsCountFromTheStartOfTheMessage(long offset, long length, String hex) {
    WireReader in = reader("0001020304050607");
    in.skip(2);
    WireReader region = in.region(offset, length);
    assertThat(region.position()).isZero();
    assertThat(region.rest().hex()).isEqualTo(hex);
    assertThat(in.position()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "0, 8",
    "2, 7",
    "8, 1",
    "7, 2",
    "2, -1",
    "-1, 2",
    "4294967295, 1",
    "4294967295, 4294967295",
    "2, 4294967295"
  })
  void regionsOutsideTheRestOfTheMessageAreRefused(long offset, long length) {
    WireReader in = reader("0001020304050607");
    in.skip(2);
    assertMalformed(() -> in.region(offset, length));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2, 8, 9, 4294967295L})
  void anEmptyRegionMayBeAnywhere(long offset) {
    WireReader in = reader("0001020304050607");
    in.skip(2);
    assertThat(in.region(offset, 0).remaining()).isZero();
  }

  @Test
  void aRegionMayReachToTheEnd() {
    WireReader in = reader("00010203");
    in.skip(1);
    assertThat(in.regionFrom(2).rest().hex()).isEqualTo("0203");
    assertThat(in.regionFrom(4).remaining()).isZero();
    assertMalformed(() -> in.regionFrom(0));
    assertMalformed(() -> in.regionFrom(5));
    assertMalformed(() -> in.regionFrom(4294967295L));
  }

  @Test
  void aRegionHidesWhatIsAroundIt() {
    WireReader in = reader("0001020304050607");
    WireReader region = in.region(2, 3);
    assertMalformed(() -> region.skip(4));
    assertMalformed(() -> region.region(2, 2));
    assertThat(region.region(1, 2).rest().hex()).isEqualTo("0304");
  }

  @Test
  void alignmentStopsAtTheEnd() {
    WireReader in = reader("0001020304050607 0809");
    in.align(8);
    assertThat(in.position()).isZero();
    in.skip(1);
    in.align(8);
    assertThat(in.position()).isEqualTo(8);
    in.skip(1);
    in.align(8);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void structureSizeIsChecked() {
    reader("0900").structureSize(9);
    assertThatThrownBy(() -> reader("0900").structureSize(49))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("StructureSize: 9 (expected: 49)");
  }

  @Test
  void peekingDoesNotMove() {
    WireReader in = reader("3100");
    assertThat(in.peekU16()).isEqualTo(49);
    assertThat(in.u16()).isEqualTo(49);
  }

  @Test
  void theBufferIsLeftAsItIs() {
    ByteBuf buffer = Unpooled.wrappedBuffer(Vectors.hex("aabbccdd")).skipBytes(1);
    WireReader in = WireReader.of(buffer);
    assertThat(in.position()).isZero();
    assertThat(in.rest().hex()).isEqualTo("bbccdd");
    assertThat(buffer.readerIndex()).isEqualTo(1);
  }

  private static WireReader reader(String hex) {
    return WireReader.of(Vectors.hex(hex));
  }

  private static void assertMalformed(ThrowingCallable read) {
    assertThatThrownBy(read).isInstanceOf(MalformedMessageException.class);
  }
}
