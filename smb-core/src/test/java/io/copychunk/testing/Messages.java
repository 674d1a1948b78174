package io.copychunk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.message.Smb2Message;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/** Writes and reads bodies where they stand: behind a header, which is all zeros here. */
public final class Messages {
  private Messages() {}

  /** The body behind 64 zero bytes. */
  public static byte[] encode(Smb2Message message) {
    return WireWriter.toBytes(out -> message.writeBody(out.zeros(Smb2Header.SIZE)));
  }

  /** A message of a capture, its header replaced by zeros. */
  public static byte[] captured(String file, String label) {
    byte[] bytes = Vectors.frames(file).stream()
        .filter(frame -> frame.label().equals(label))
        .findFirst()
        .orElseThrow()
        .bytes()
        .clone();
    Arrays.fill(bytes, 0, Smb2Header.SIZE, (byte) 0);
    return bytes;
  }

  /** Reads a body that {@link #encode} or {@link #captured} made. */
  public static <T> T decode(byte[] message, Function<WireReader, T> read) {
    WireReader in = WireReader.of(message);
    in.skip(Smb2Header.SIZE);
    return read.apply(in);
  }

  /** Checks both directions against known bytes, and that no prefix of them is accepted. */
  public static <T extends Smb2Message> void assertBytes(
      T message, byte[] expected, Function<WireReader, T> read) {
    assertThat(HexFormat.of().formatHex(encode(message)))
        .isEqualTo(HexFormat.of().formatHex(expected));
    assertThat(decode(expected, read)).isEqualTo(message);
    assertPrefixesMalformed(expected, read);
  }

  /** Checks that what is written is read again, and that no prefix of it is accepted. */
  public static <T extends Smb2Message> void assertRoundTrip(
      T message, Function<WireReader, T> read) {
    byte[] bytes = encode(message);
    assertThat(decode(bytes, read)).isEqualTo(message);
    assertPrefixesMalformed(bytes, read);
  }

  public static void assertPrefixesMalformed(byte[] message, Function<WireReader, ?> read) {
    for (int length = Smb2Header.SIZE; length < message.length; length++) {
      assertMalformed(Arrays.copyOf(message, length), read);
    }
  }

  public static void assertMalformed(byte[] message, Function<WireReader, ?> read) {
    assertThatThrownBy(() -> decode(message, read))
        .as("%d bytes", message.length)
        .isInstanceOf(MalformedMessageException.class);
  }

  /** A copy whose body has other bytes at an offset. */
  public static byte[] patched(byte[] message, int bodyOffset, String hex) {
    byte[] bytes = message.clone();
    byte[] patch = Vectors.hex(hex);
    System.arraycopy(patch, 0, bytes, Smb2Header.SIZE + bodyOffset, patch.length);
    return bytes;
  }
}
