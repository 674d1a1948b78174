package io.copychunk.message.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Vectors;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiateContextTest {
  static Stream<Arguments> contexts() {
    return Stream.of(
        Arguments.of(
            new PreauthIntegrityCapabilities(List.of(1), Octets.ofHex("aabbcc")),
            "0100 0900 00000000 0100 0300 0100 aabbcc"),
        Arguments.of(
            new EncryptionCapabilities(List.of(2, 1)), "0200 0600 00000000 0200 0200 0100"),
        Arguments.of(
            new CompressionCapabilities(true, List.of(4, 1)),
            "0300 0c00 00000000 0200 0000 01000000 0400 0100"),
        Arguments.of(new NetnameNegotiateContextId("nas"), "0500 0600 00000000 6e0061007300"),
        Arguments.of(new TransportCapabilities(1), "0600 0400 00000000 01000000"),
        Arguments.of(
            new RdmaTransformCapabilities(List.of(1, 2)),
            "0700 0c00 00000000 0200 0000 00000000 0100 0200"),
        Arguments.of(new SigningCapabilities(List.of(2)), "0800 0400 00000000 0100 0200"),
        Arguments.of(
            new UnknownNegotiateContext(0x0100, Octets.ofHex("0102")), "0001 0200 00000000 0102"));
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void bytes(NegotiateContext context, String hex) {
    byte[] expected = Vectors.hex(hex);
    assertThat(write(List.of(context))).endsWith(expected).hasSize(8 + expected.length);
    assertThat(read(expected, 1)).containsExactly(context);
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void prefixesAreRefused(NegotiateContext context, String hex) {
    byte[] bytes = Vectors.hex(hex);
    for (int length = 0; length < bytes.length; length++) {
      assertMalformed(Arrays.copyOf(bytes, length), 1);
    }
  }

  /** The context is whole, but says that its data is shorter. */
  @ParameterizedTest
  @MethodSource("contexts")
  void dataTooShortForItsTypeIsRefused(NegotiateContext context, String hex) {
    if (context instanceof UnknownNegotiateContext
        || context instanceof NetnameNegotiateContextId) {
      return;
    }
    byte[] bytes = Vectors.hex(hex);
    bytes[2]--;
    assertMalformed(bytes, 1);
  }

  @Test
  void eachContextIsAligned() {
    List<NegotiateContext> contexts =
        List.of(new SigningCapabilities(List.of(2)), new EncryptionCapabilities(List.of(1)));
    byte[] bytes = write(contexts);
    assertThat(Arrays.copyOfRange(bytes, 8, bytes.length))
        .isEqualTo(Vectors.hex("0800040000000000 01000200 00000000 0200040000000000 01000100"));
    assertThat(read(Arrays.copyOfRange(bytes, 8, bytes.length), 2)).isEqualTo(contexts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100 0700 00000000 0000 0300 aabbcc",
        "0200 0200 00000000 0000",
        "0300 0800 00000000 0000 0000 00000000",
        "0700 0800 00000000 0000 0000 00000000",
        "0800 0200 00000000 0000"
      })
  void emptyListsAreRefused(String hex) {
    assertMalformed(Vectors.hex(hex), 1);
  }

  @Test
  void hostileCountsAreRefused() {
    assertMalformed(Vectors.hex("0200 0400 00000000 ffff 0100"), 1);
    assertMalformed(Vectors.hex("0100 0600 00000000 0100 ffff 0100"), 1);
    assertMalformed(Vectors.hex("0500 0300 00000000 6e0061"), 1);
  }

  @Test
  void unknownContextsMayRepeatButNotWithoutEnd() {
    UnknownNegotiateContext unknown = new UnknownNegotiateContext(0x0100, Octets.EMPTY);
    byte[] bytes = write(Collections.nCopies(65, unknown));
    byte[] list = Arrays.copyOfRange(bytes, 8, bytes.length);
    assertThat(read(list, 64)).hasSize(64);
    assertMalformed(list, 65);
  }

  private static byte[] write(List<NegotiateContext> contexts) {
    return WireWriter.toBytes(
        out -> NegotiateContext.writeList(out, out.u32Slot(), out.u16Slot(), contexts));
  }

  private static List<NegotiateContext> read(byte[] bytes, int count) {
    return NegotiateContext.readList(WireReader.of(bytes), 0, count);
  }

  private static void assertMalformed(byte[] bytes, int count) {
    assertThatThrownBy(() -> read(bytes, count)).isInstanceOf(MalformedMessageException.class);
  }
}
