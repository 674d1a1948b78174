package io.copychunk.message.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Vectors;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What errors carry: symbolic links and share redirects. */
class ErrorDataTest {
  private static final byte[] LINK = Vectors.hex("2a000000 53594d4c 0c0000a0 1e00 0400"
      + "0000 0a00 0a00 0800 01000000 2e002e005c0061006200" + "6c0069006e006b00");
  private static final byte[] REDIRECT = Vectors.hex("4e000000 03000000 48000000 06000000 0000 0000"
      + "02000000" + "01000000 00000000 c0000201" + "00".repeat(12)
      + "02000000 00000000 20010db8000000000000000000000001" + "610062006300");

  @Test
  void symbolicLink() {
    SymbolicLinkErrorResponse link = new SymbolicLinkErrorResponse(4, "..\\ab", "link", true);
    assertThat(WireWriter.toBytes(link::write)).isEqualTo(LINK);
    assertThat(SymbolicLinkErrorResponse.read(WireReader.of(LINK))).isEqualTo(link);
    assertPrefixesMalformed(LINK, SymbolicLinkErrorResponse::read);
  }

  @Test
  void theUnparsedPathIsTheEndOfTheName() {
    SymbolicLinkErrorResponse link = new SymbolicLinkErrorResponse(4, "x", "x", false);
    assertThat(link.unparsedPath("a\\b")).isEqualTo("\\b");
    assertThat(link.unparsedPath("ab")).isEqualTo("ab");
    assertThatThrownBy(() -> link.unparsedPath("a"))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("UnparsedPathLength: 4 (expected: <= 2)");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2b000000, SymLinkLength",
    "0, ffffffff, SymLinkLength",
    "4, 00000000, SymLinkErrorTag",
    "8, 0d0000a0, ReparseTag",
    "12, 0b00, ReparseDataLength shorter than its fixed part",
    "12, ffff, ReparseDataLength",
    "14, 0300, half a character",
    "16, 1300, SubstituteNameOffset",
    "18, ffff, SubstituteNameLength",
    "18, 0900, half a character",
    "20, ffff, PrintNameOffset",
    "22, 0a00, PrintNameLength"
  })
  void hostileLinks(int offset, String patch, String what) {
    assertMalformed(patched(LINK, offset, patch), SymbolicLinkErrorResponse::read);
  }

  @Test
  void shareRedirect() throws UnknownHostException {
    ShareRedirectErrorContext redirect = new ShareRedirectErrorContext(
        List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1")), "abc");
    assertThat(WireWriter.toBytes(redirect::write)).isEqualTo(REDIRECT);
    assertThat(ShareRedirectErrorContext.read(WireReader.of(REDIRECT))).isEqualTo(redirect);
    assertPrefixesMalformed(REDIRECT, ShareRedirectErrorContext::read);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 04000000, NotificationType",
    "8, 00000000, ResourceNameOffset",
    "8, ffffffff, ResourceNameOffset",
    "12, 05000000, half a character",
    "12, ffffffff, ResourceNameLength",
    "20, 04000000, IPAddrCount",
    "20, 41000000, more than 64 addresses",
    "20, ffffffff, IPAddrCount",
    "24, 03000000, kind of address"
  })
  void hostileRedirects(int offset, String patch, String what) {
    assertMalformed(patched(REDIRECT, offset, patch), ShareRedirectErrorContext::read);
  }

  @Test
  void anErrorContextPrintsItsIdInHexadecimal() {
    assertThat(new ErrorContext(ErrorContext.SHARE_REDIRECT, Octets.EMPTY))
        .hasToString("ErrorContext[errorId=0x72645253, data=Octets[0]]");
  }

  private static byte[] patched(byte[] bytes, int offset, String hex) {
    byte[] copy = bytes.clone();
    byte[] patch = Vectors.hex(hex);
    System.arraycopy(patch, 0, copy, offset, patch.length);
    return copy;
  }

  private static void assertPrefixesMalformed(byte[] bytes, Function<WireReader, ?> read) {
    for (int length = 0; length < bytes.length; length++) {
      assertMalformed(Arrays.copyOf(bytes, length), read);
    }
  }

  private static void assertMalformed(byte[] bytes, Function<WireReader, ?> read) {
    assertThatThrownBy(() -> read.apply(WireReader.of(bytes)))
        .as("%d bytes", bytes.length)
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void namesOfALinkThatOverlapAreNoLongerThanBothCouldBe() {
    String name = "n".repeat(30_000);
    byte[] bytes = WireWriter.toBytes(new SymbolicLinkErrorResponse(0, name, "", true)::write);
    bytes[22] = bytes[18]; // PrintNameLength is SubstituteNameLength
    bytes[23] = bytes[19];
    bytes[20] = 0; // PrintNameOffset
    bytes[21] = 0;
    assertThatThrownBy(() -> SymbolicLinkErrorResponse.read(WireReader.of(bytes)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("60000, 60000");
  }
}
