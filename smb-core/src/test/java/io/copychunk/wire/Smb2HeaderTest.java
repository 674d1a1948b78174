package io.copychunk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Vectors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Smb2HeaderTest {
  private static final List<Vectors.Frame> FRAMES =
      Vectors.frames("samba-smb311-copychunk-interim.json");

  @Test
  void synchronousHeader() {
    byte[] frame = frame("TREE_CONNECT share response");
    Smb2Header header = Smb2Header.read(WireReader.of(frame));
    assertThat(header.command()).isEqualTo(Command.TREE_CONNECT);
    assertThat(header.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(header.isResponse()).isTrue();
    assertThat(header.isSigned()).isTrue();
    assertThat(header.isAsync()).isFalse();
    assertThat(header.messageId()).isEqualTo(3);
    assertThat(header.treeId()).isNotZero();
    assertThat(header.asyncId()).isZero();
    assertThat(header.sessionId()).isNotZero();
    assertThat(header.signature()).isNotEqualTo(Signature.NONE);
  }

  @Test
  void asynchronousHeaderHasNoTreeId() {
    byte[] frame = frame("IOCTL 0x001440f2 FSCTL_SRV_COPYCHUNK response INTERIM");
    Smb2Header header = Smb2Header.read(WireReader.of(frame));
    assertThat(header.status()).isEqualTo(NtStatus.PENDING);
    assertThat(header.isAsync()).isTrue();
    assertThat(header.asyncId()).isEqualTo(header.messageId());
    assertThat(header.treeId()).isZero();
    assertThat(WireWriter.toBytes(header::write)).isEqualTo(Arrays.copyOf(frame, 64));
  }

  @Test
  void requestHasOneCreditAndNoSignature() {
    Smb2Header header = Smb2Header.request(Command.ECHO, 7, 0x1122334455667788L, 0x0A0B0C0D);
    assertThat(WireWriter.toBytes(header::write))
        .isEqualTo(Vectors.hex("fe534d42 4000 0100 00000000 0d00 0100 00000000 00000000"
            + "0700000000000000 00000000 0d0c0b0a 8877665544332211" + "00".repeat(16)));
    assertThat(Smb2Header.read(WireReader.of(WireWriter.toBytes(header::write))))
        .isEqualTo(header);
  }

  @Test
  void flagsCanBeReplaced() {
    Smb2Header header = Smb2Header.request(Command.ECHO, 1, 2, 3)
        .withFlags(HeaderFlags.SIGNED.with(HeaderFlags.RELATED_OPERATIONS));
    assertThat(header.isSigned()).isTrue();
    assertThat(header.isResponse()).isFalse();
    assertThat(header.flags()).hasToString("0xc");
  }

  @Test
  void truncatedHeadersAreRefused() {
    byte[] frame = frame("TREE_CONNECT share response");
    for (int length = 0; length < Smb2Header.SIZE; length++) {
      assertMalformed(Arrays.copyOf(frame, length));
    }
  }

  @Test
  void whatIsNoHeaderIsRefused() {
    byte[] frame = frame("TREE_CONNECT share response");
    assertMalformed(patched(frame, 0, 0xFF)); // SMB1
    assertMalformed(patched(frame, 0, 0xFD)); // encrypted
    assertMalformed(patched(frame, 4, 65)); // StructureSize
    assertMalformed(patched(frame, 12, 20)); // Command
  }

  private static byte[] frame(String label) {
    return FRAMES.stream()
        .filter(frame -> frame.label().equals(label))
        .findFirst()
        .orElseThrow()
        .bytes();
  }

  private static byte[] patched(byte[] frame, int offset, int value) {
    byte[] bytes = frame.clone();
    bytes[offset] = (byte) value;
    return bytes;
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> Smb2Header.read(WireReader.of(bytes)))
        .isInstanceOf(MalformedMessageException.class);
  }
}
