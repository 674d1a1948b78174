package io.copychunk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Vectors;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guid, FileId, NtStatus, Dialect, Command and Octets. */
class ScalarsTest {
  @Test
  void aGuidReadsAsItsFirstThreeFieldsReversed() {
    Guid guid = WireReader.of(Vectors.hex("00112233445566778899aabbccddeeff")).guid();
    assertThat(guid).hasToString("33221100-5544-7766-8899-aabbccddeeff");
    assertThat(guid.toUuid()).isEqualTo(UUID.fromString("33221100-5544-7766-8899-aabbccddeeff"));
    assertThat(Guid.of(guid.toUuid())).isEqualTo(guid);
    assertThat(WireWriter.toBytes(out -> out.guid(guid)))
        .isEqualTo(Vectors.hex("00112233445566778899aabbccddeeff"));
  }

  @Test
  void guidAndUuidConvertBothWays() {
    UUID uuid = UUID.randomUUID();
    assertThat(Guid.of(uuid).toUuid()).isEqualTo(uuid);
    assertThat(Guid.of(new UUID(0, 0))).isEqualTo(Guid.ZERO);
  }

  @Test
  void aFileIdPrintsBothHalvesInHexadecimal() {
    assertThat(new FileId(1, -1)).hasToString("0x0000000000000001:0xffffffffffffffff");
    assertThat(WireReader.of(Vectors.hex("ff".repeat(16))).fileId()).isEqualTo(FileId.PREVIOUS);
  }

  @Test
  void aKnownStatusHasANameAndAMeaning() {
    NtStatus status = NtStatus.of(0xC0000022);
    assertThat(status).isSameAs(NtStatus.ACCESS_DENIED);
    assertThat(status).hasToString("STATUS_ACCESS_DENIED (0xc0000022)");
    assertThat(status.meaning()).isEqualTo("Permission is missing");
  }

  @Test
  void anUnknownStatusSurvives() {
    NtStatus status = NtStatus.of(0xC0001234);
    assertThat(status.code()).isEqualTo(0xC0001234);
    assertThat(status).hasToString("STATUS 0xc0001234");
    assertThat(status).isEqualTo(new NtStatus(0xC0001234));
  }

  @ParameterizedTest
  @CsvSource({
    "0x00000000, true",
    "0x00000103, true",
    "0x40000000, true",
    "0x80000005, false",
    "0xC0000022, false"
  })
  void theSeverityDecidesOnSuccess(String code, boolean success) {
    assertThat(NtStatus.of(Long.decode(code).intValue()).isSuccess()).isEqualTo(success);
  }

  @ParameterizedTest
  @EnumSource
  void dialectsConvertBothWays(Dialect dialect) {
    assertThat(Dialect.of(dialect.revision())).isSameAs(dialect);
    assertThat(Dialect.ofLabel(dialect.toString())).isSameAs(dialect);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x02FF, 0x0310, 0x0312, 0xFFFF})
  void otherRevisionsAreRefused(int revision) {
    assertThatThrownBy(() -> Dialect.of(revision)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void otherLabelsAreRefused() {
    assertThatThrownBy(() -> Dialect.ofLabel("1.0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dialectsAreOrderedByAge() {
    assertThat(Dialect.SMB_3_1_1.isAtLeast(Dialect.SMB_3_0)).isTrue();
    assertThat(Dialect.SMB_3_0.isAtLeast(Dialect.SMB_3_0)).isTrue();
    assertThat(Dialect.SMB_2_1.isAtLeast(Dialect.SMB_3_0)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void commandsConvertBothWays(Command command) {
    assertThat(Command.of(command.code())).isSameAs(command);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 0xFFFF})
  void otherCommandsAreRefused(int code) {
    assertThatThrownBy(() -> Command.of(code)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void octetsNeverShowTheirContent() {
    assertThat(Octets.ofHex("c0ffee")).hasToString("Octets[3]");
  }

  @Test
  void octetsAreCopiedInAndOut() {
    byte[] bytes = {1, 2};
    Octets octets = Octets.copyOf(bytes);
    bytes[0] = 9;
    octets.toByteArray()[1] = 9;
    assertThat(octets.hex()).isEqualTo("0102");
    assertThat(octets.asByteBuffer().isReadOnly()).isTrue();
    assertThat(octets).isEqualTo(Octets.ofHex("0102")).hasSameHashCodeAs(Octets.ofHex("0102"));
    assertThat(octets).isNotEqualTo(Octets.EMPTY);
  }

  @Test
  void octetsOfABufferLeaveItsPosition() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
    assertThat(Octets.copyOf(buffer).hex()).isEqualTo("0203");
    assertThat(buffer.position()).isEqualTo(1);
  }
}
