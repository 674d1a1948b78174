package io.copychunk.message.fsctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.fscc.ReparseTag;
import io.copychunk.fscc.SymbolicLinkReparseData;
import io.copychunk.testing.Vectors;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Guid;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FsctlTest {
  private static final String KEY = "96231aeb000000008cde8064000000007800140000000000";
  private static final Guid GUID = Guid.of(UUID.fromString("33221100-5544-7766-8899-aabbccddeeff"));

  @Test
  void resumeKeyHasNoInputAndAsksFor32Bytes() {
    SrvRequestResumeKey fsctl = new SrvRequestResumeKey();
    assertThat(fsctl.controlCode()).isEqualTo(0x00140078);
    assertThat(fsctl.maxOutputResponse()).isEqualTo(32);
    assertThat(WireWriter.toBytes(fsctl::writeInput)).isEmpty();
    assertThat(Fsctl.readInput(0x00140078, reader(""), 32)).isEqualTo(fsctl);
  }

  @Test
  void resumeKeyAsAllServersSendIt() {
    SrvRequestResumeKeyResponse response =
        new SrvRequestResumeKeyResponse(Octets.ofHex(KEY), 0, Octets.EMPTY);
    assertThat(WireWriter.toBytes(response::writeOutput))
        .isEqualTo(Vectors.hex(KEY + "00000000 00000000"));
    assertThat(new SrvRequestResumeKey().readOutput(reader(KEY + "00000000 00000000")))
        .isEqualTo(response);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, ''",
    "'0000', 0, ''",
    "'00000000', 0, ''",
    "'02000000 aabb', 2, aabb",
    "'02000000 aabbcc', 2, aabb",
    "'ffffffff aabb', 4294967295, aabb"
  })
  void onlyTheKeyIsNeeded(String rest, long contextLength, String context) {
    assertThat(SrvRequestResumeKeyResponse.readOutput(reader(KEY + rest)))
        .isEqualTo(new SrvRequestResumeKeyResponse(
            Octets.ofHex(KEY), contextLength, Octets.ofHex(context)));
  }

  @Test
  void aShorterKeyIsRefused() {
    byte[] key = Vectors.hex(KEY);
    for (int length = 0; length < key.length; length++) {
      assertMalformed(Arrays.copyOf(key, length), SrvRequestResumeKeyResponse::readOutput);
    }
  }

  @Test
  void aContextIsWrittenAsItIs() {
    SrvRequestResumeKeyResponse response =
        new SrvRequestResumeKeyResponse(Octets.ofHex(KEY), 2, Octets.ofHex("aabb"));
    byte[] bytes = WireWriter.toBytes(response::writeOutput);
    assertThat(bytes).hasSize(30);
    assertThat(SrvRequestResumeKeyResponse.readOutput(WireReader.of(bytes))).isEqualTo(response);
  }

  @Test
  void keysHave24Bytes() {
    Octets shorter = Octets.ofHex("00".repeat(23));
    assertThatThrownBy(() -> new SrvRequestResumeKeyResponse(shorter, 0, Octets.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SrvCopyChunkCopy(shorter, List.of(), true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"false, 001440f2", "true, 001480f2"})
  void copyChunk(boolean write, String code) {
    SrvCopyChunkCopy copy = new SrvCopyChunkCopy(
        Octets.ofHex(KEY),
        List.of(new SrvCopyChunk(1, 2, 3), new SrvCopyChunk(-1, Long.MIN_VALUE, 0xFFFFFFFFL)),
        write);
    byte[] bytes = Vectors.hex(KEY + "02000000 00000000"
        + "0100000000000000 0200000000000000 03000000 00000000"
        + "ffffffffffffffff 0000000000000080 ffffffff 00000000");
    assertThat(copy.controlCode()).isEqualTo(Integer.parseInt(code, 16));
    assertThat(copy.maxOutputResponse()).isEqualTo(12);
    assertThat(WireWriter.toBytes(copy::writeInput)).isEqualTo(bytes);
    assertThat(Fsctl.readInput(copy.controlCode(), WireReader.of(bytes), 12)).isEqualTo(copy);
    for (int length = 0; length < bytes.length; length++) {
      assertMalformed(Arrays.copyOf(bytes, length), in -> SrvCopyChunkCopy.readInput(in, write));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"01000000", "ffffffff", "00000080"})
  void hostileChunkCounts(String count) {
    assertMalformed(
        Vectors.hex(KEY + count + "00000000"), in -> SrvCopyChunkCopy.readInput(in, true));
  }

  @Test
  void whatFollowsTheChunksIsIgnored() {
    assertThat(SrvCopyChunkCopy.readInput(reader(KEY + "00000000 00000000 ff"), true)
            .chunks())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L})
  void chunkLengthsFitInto32Bits(long length) {
    assertThatThrownBy(() -> new SrvCopyChunk(0, 0, length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length: " + length + " (expected: 0..4294967295)");
  }

  @Test
  void theLimitsOfWindowsAndSamba() {
    SrvCopyChunkResponse limits = new SrvCopyChunkResponse(256, 1 << 20, 16 << 20);
    byte[] bytes = Vectors.hex("00010000 00001000 00000001");
    assertThat(WireWriter.toBytes(limits::writeOutput)).isEqualTo(bytes);
    assertThat(SrvCopyChunkResponse.readOutput(WireReader.of(bytes))).isEqualTo(limits);
    for (int length = 0; length < bytes.length; length++) {
      assertMalformed(Arrays.copyOf(bytes, length), SrvCopyChunkResponse::readOutput);
    }
    assertMalformed(Arrays.copyOf(bytes, 13), SrvCopyChunkResponse::readOutput);
  }

  @ParameterizedTest
  @CsvSource({"3,0,20", "2,0,21", "2,11,20"})
  void attack11_countersBeyondWhatWasSent(long chunks, long chunkBytes, long total) {
    SrvCopyChunkCopy copy = new SrvCopyChunkCopy(
        Octets.copyOf(new byte[24]),
        List.of(new SrvCopyChunk(0, 0, 10), new SrvCopyChunk(10, 10, 10)),
        true);
    RawFsctl raw =
        new RawFsctl(copy.controlCode(), Octets.copyOf(WireWriter.toBytes(copy::writeInput)), 12);
    Octets output = Octets.copyOf(
        WireWriter.toBytes(new SrvCopyChunkResponse(chunks, chunkBytes, total)::writeOutput));

    assertMalformed(output.toByteArray(), copy::readOutput);
    assertMalformed(output.toByteArray(), raw::readOutput);
    for (Fsctl<?> fsctl : List.of(copy, raw)) {
      assertThat(fsctl.believable(NtStatus.DISK_FULL, output)).isEqualTo(Octets.EMPTY);
      assertThat(fsctl.believable(NtStatus.INVALID_PARAMETER, output)).isEqualTo(output);
      Octets progress = Octets.ofHex("010000000000000005000000");
      assertThat(fsctl.believable(NtStatus.DISK_FULL, progress)).isEqualTo(progress);
    }
  }

  /** As ksmbd does, whose limits are no progress. */
  @Test
  void limitsUnderOtherFailuresAreNoProgress() {
    SrvCopyChunkCopy copy = new SrvCopyChunkCopy(
        Octets.copyOf(new byte[24]), List.of(new SrvCopyChunk(0, 0, 10)), true);
    Octets limits = Octets.ofHex("00010000ffffff7fffffff7f");

    assertThat(copy.believable(NtStatus.OBJECT_NAME_NOT_FOUND, limits)).isEqualTo(Octets.EMPTY);
  }

  @Test
  void whatIsNoCopyIsNotHeldAgainstTheServer() {
    Octets output = Octets.copyOf(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0});
    for (int code : new int[] {FsctlCode.SRV_COPYCHUNK, 0x1234}) {
      RawFsctl raw = new RawFsctl(code, Octets.ofHex("00"), 12);
      assertThat(raw.readOutput(output.reader())).isEqualTo(output);
      assertThat(raw.believable(NtStatus.DISK_FULL, output)).isEqualTo(output);
    }
  }

  @Test
  void validateNegotiateInfo() {
    ValidateNegotiateInfo info = new ValidateNegotiateInfo(
        new Capabilities(0x7F),
        GUID,
        SecurityMode.SIGNING_ENABLED,
        List.of(Dialect.SMB_2_0_2, Dialect.SMB_2_1, Dialect.SMB_3_0, Dialect.SMB_3_0_2));
    byte[] bytes =
        Vectors.hex("7f000000 00112233445566778899aabbccddeeff 0100 0400 0202100200030203");
    assertThat(info.controlCode()).isEqualTo(0x00140204);
    assertThat(info.maxOutputResponse()).isEqualTo(24);
    assertThat(WireWriter.toBytes(info::writeInput)).isEqualTo(bytes);
    assertThat(Fsctl.readInput(0x00140204, WireReader.of(bytes), 24)).isEqualTo(info);
    for (int length = 0; length < bytes.length; length++) {
      assertMalformed(Arrays.copyOf(bytes, length), ValidateNegotiateInfo::readInput);
    }
    bytes[22] = 65;
    assertMalformed(Arrays.copyOf(bytes, 24 + 2 * 65), ValidateNegotiateInfo::readInput);
  }

  @Test
  void validateNegotiateInfoResponse() {
    ValidateNegotiateInfoResponse response = new ValidateNegotiateInfoResponse(
        new Capabilities(0x4F), GUID, SecurityMode.SIGNING_ENABLED, Dialect.SMB_3_0_2);
    byte[] bytes = Vectors.hex("4f000000 00112233445566778899aabbccddeeff 0100 0203");
    assertThat(WireWriter.toBytes(response::writeOutput)).isEqualTo(bytes);
    assertThat(ValidateNegotiateInfoResponse.readOutput(WireReader.of(bytes))).isEqualTo(response);
    for (int length = 0; length < bytes.length; length++) {
      assertMalformed(Arrays.copyOf(bytes, length), ValidateNegotiateInfoResponse::readOutput);
    }
  }

  @Test
  void anyOtherFsctlIsLeftAsBytes() {
    RawFsctl raw = new RawFsctl(FsctlCode.SRV_ENUMERATE_SNAPSHOTS, Octets.ofHex("01"), 7);
    assertThat(WireWriter.toBytes(raw::writeInput)).containsExactly(1);
    assertThat(Fsctl.readInput(FsctlCode.SRV_ENUMERATE_SNAPSHOTS, reader("01"), 7))
        .isEqualTo(raw);
    assertThat(raw.readOutput(reader("0203"))).isEqualTo(Octets.ofHex("0203"));
    assertThat(raw)
        .hasToString(
            "RawFsctl[controlCode=SRV_ENUMERATE_SNAPSHOTS, input=Octets[1], maxOutputResponse=7]");
  }

  static Stream<Arguments> inputs() {
    FileId source = new FileId(1, 2);
    StorageOffloadToken token = new StorageOffloadToken(Octets.copyOf(new byte[512]));
    return Stream.of(
        Arguments.of(
            new DuplicateExtentsToFile(source, 3, 4, 5),
            "0100000000000000 0200000000000000 0300000000000000 0400000000000000"
                + " 0500000000000000"),
        Arguments.of(
            new DuplicateExtentsToFileEx(source, 3, 4, 5, true),
            "3000000000000000 0100000000000000 0200000000000000 0300000000000000"
                + " 0400000000000000 0500000000000000 01000000 00000000"),
        Arguments.of(
            OffloadRead.of(4096, 8192),
            "20000000 00000000 00000000 00000000 0010000000000000 0020000000000000"),
        Arguments.of(
            new OffloadWrite(1, 2, 3, token),
            "20020000 00000000 0100000000000000 0200000000000000 0300000000000000"
                + "00".repeat(512)),
        Arguments.of(new QueryAllocatedRanges(1, 2), "0100000000000000 0200000000000000"),
        Arguments.of(new SetSparse(true), "01"),
        Arguments.of(new SetZeroData(1, 2), "0100000000000000 0200000000000000"),
        Arguments.of(new GetIntegrityInformation(), ""),
        Arguments.of(new SetIntegrityInformation(0xFFFF, 1), "ffff 0000 01000000"),
        Arguments.of(new GetReparsePoint(), ""),
        Arguments.of(
            new SetReparsePoint(new SymbolicLinkReparseData("b", "b", true).toReparsePoint()),
            "0c0000a0 1000 0000 0000 0200 0200 0200 01000000 6200 6200"),
        Arguments.of(new DeleteReparsePoint(ReparseTag.MOUNT_POINT, null), "030000a0 0000 0000"),
        Arguments.of(
            new DeleteReparsePoint(new ReparseTag(0x42), GUID),
            "42000000 0000 0000 00112233445566778899aabbccddeeff"));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void inputsOfFileSystemControls(Fsctl<?> fsctl, String hex) {
    byte[] bytes = Vectors.hex(hex);
    assertThat(WireWriter.toBytes(fsctl::writeInput)).isEqualTo(bytes);
    assertThat(
            Fsctl.readInput(fsctl.controlCode(), WireReader.of(bytes), fsctl.maxOutputResponse()))
        .isEqualTo(fsctl);
    for (int length = 1; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertMalformed(
          cut, in -> Fsctl.readInput(fsctl.controlCode(), in, fsctl.maxOutputResponse()));
    }
  }

  @Test
  void outputsOfOffload() {
    StorageOffloadToken token = new StorageOffloadToken(Octets.copyOf(new byte[512]));
    OffloadReadOutput read = new OffloadReadOutput(1, 4096, token);
    byte[] bytes = Vectors.hex("10020000 01000000 0010000000000000" + "00".repeat(512));

    assertThat(WireWriter.toBytes(read::writeOutput)).isEqualTo(bytes);
    assertThat(OffloadRead.of(0, 4096).readOutput(WireReader.of(bytes))).isEqualTo(read);
    assertThat(read.allZeroBeyond()).isTrue();
    assertMalformed(bytes, in -> OffloadRead.of(0, 4095).readOutput(in)); // more than asked for
    assertMalformed(Arrays.copyOf(bytes, 527), in -> OffloadRead.of(0, 4096).readOutput(in));
    byte[] written = Vectors.hex("10000000 00000000 0500000000000000");
    OffloadWrite write = new OffloadWrite(0, 5, 0, token);
    assertThat(write.readOutput(WireReader.of(written))).isEqualTo(new OffloadWriteOutput(0, 5));
    assertMalformed(written, in -> new OffloadWrite(0, 4, 0, token).readOutput(in));
    assertThat(write.toString()).doesNotContain("000000000000");
  }

  @Test
  void allocatedRangesAreInOrderAndDoNotOverlap() {
    QueryAllocatedRanges asked = new QueryAllocatedRanges(0, 100);
    List<FileAllocatedRangeBuffer> ranges =
        List.of(new FileAllocatedRangeBuffer(0, 5), new FileAllocatedRangeBuffer(5, 7));
    byte[] bytes = WireWriter.toBytes(out -> FileAllocatedRangeBuffer.writeList(out, ranges));

    assertThat(asked.readOutput(WireReader.of(bytes))).isEqualTo(ranges);
    assertThat(asked.acceptsOverflow()).isTrue();
    assertThat(asked.readOutput(WireReader.of(new byte[0]))).isEmpty();
    for (List<FileAllocatedRangeBuffer> wrong : List.of(
        List.of(new FileAllocatedRangeBuffer(5, 7), new FileAllocatedRangeBuffer(0, 5)),
        List.of(new FileAllocatedRangeBuffer(0, 6), new FileAllocatedRangeBuffer(5, 7)),
        List.of(new FileAllocatedRangeBuffer(1, Long.MAX_VALUE)))) {
      byte[] lie = WireWriter.toBytes(out -> FileAllocatedRangeBuffer.writeList(out, wrong));
      assertMalformed(lie, asked::readOutput);
    }
  }

  @Test
  void integrityInformation() {
    GetIntegrityInformationOutput output = new GetIntegrityInformationOutput(2, 1, 4096, 65_536);
    byte[] bytes = Vectors.hex("0200 0000 01000000 00100000 00000100");

    assertThat(WireWriter.toBytes(output::writeOutput)).isEqualTo(bytes);
    assertThat(new GetIntegrityInformation().readOutput(WireReader.of(bytes))).isEqualTo(output);
    assertMalformed(Arrays.copyOf(bytes, 15), in -> new GetIntegrityInformation().readOutput(in));
  }

  @Test
  void sparsenessIsMeantWithoutAnInput() {
    assertThat(Fsctl.readInput(FsctlCode.SET_SPARSE, reader(""), 0)).isEqualTo(new SetSparse(true));
    assertThat(Fsctl.readInput(FsctlCode.SET_SPARSE, reader("00"), 0))
        .isEqualTo(new SetSparse(false));
  }

  @Test
  void controlCodesHaveNames() {
    assertThat(FsctlCode.name(0x001480F2)).isEqualTo("SRV_COPYCHUNK_WRITE");
    assertThat(FsctlCode.name(0x000900A8)).isEqualTo("GET_REPARSE_POINT");
    assertThat(FsctlCode.name(0x000900A0)).isEqualTo("0x000900a0");
  }

  private static WireReader reader(String hex) {
    return WireReader.of(Vectors.hex(hex));
  }

  private static void assertMalformed(byte[] bytes, Function<WireReader, ?> read) {
    assertThatThrownBy(() -> read.apply(WireReader.of(bytes)))
        .as("%d bytes", bytes.length)
        .isInstanceOf(MalformedMessageException.class);
  }
}
