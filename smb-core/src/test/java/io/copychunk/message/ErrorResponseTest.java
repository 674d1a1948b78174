package io.copychunk.message;

import static io.copychunk.testing.Messages.assertBytes;
import static io.copychunk.testing.Messages.assertMalformed;
import static io.copychunk.testing.Messages.assertRoundTrip;
import static io.copychunk.testing.Messages.captured;
import static io.copychunk.testing.Messages.decode;
import static io.copychunk.testing.Messages.encode;
import static io.copychunk.testing.Messages.patched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.message.context.ErrorContext;
import io.copychunk.testing.Messages;
import io.copychunk.testing.Vectors;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorResponseTest {
  private static final String FILE = "samba-smb302-cmac-validate.json";

  @Test
  void withoutData() {
    byte[] bytes = captured(FILE, "CREATE nonexistent.bin response");
    assertThat(encode(ErrorResponse.EMPTY)).isEqualTo(bytes);
    assertThat(decode(bytes, ErrorResponse::read)).isEqualTo(ErrorResponse.EMPTY);
  }

  @Test
  void theByteThatStandsForNothingMayBeAbsent() {
    byte[] bytes = captured(FILE, "CREATE nonexistent.bin response");
    assertThat(decode(Arrays.copyOf(bytes, 72), ErrorResponse::read))
        .isEqualTo(ErrorResponse.EMPTY);
    for (int length = 64; length < 72; length++) {
      assertMalformed(Arrays.copyOf(bytes, length), ErrorResponse::read);
    }
  }

  @Test
  void withData() {
    assertBytes(
        new ErrorResponse(List.of(), Octets.ofHex("88130000")),
        Vectors.hex("00".repeat(64) + "0900 00 00 04000000 88130000"),
        ErrorResponse::read);
  }

  @Test
  void withContexts() {
    assertBytes(
        new ErrorResponse(
            List.of(
                new ErrorContext(ErrorContext.SHARE_REDIRECT, Octets.ofHex("0102")),
                new ErrorContext(ErrorContext.DEFAULT, Octets.ofHex("88130000"))),
            Octets.EMPTY),
        Vectors.hex("00".repeat(64) + "0900 02 00 1c000000" + "02000000 53526472 0102 000000000000"
            + "04000000 00000000 88130000"),
        ErrorResponse::read);
  }

  @Test
  void theRequiredLengthIsFoundInBothForms() {
    ErrorResponse plain = new ErrorResponse(List.of(), Octets.ofHex("88130000"));
    ErrorResponse inContext = new ErrorResponse(
        List.of(new ErrorContext(ErrorContext.DEFAULT, Octets.ofHex("ffffffff"))), Octets.EMPTY);
    assertThat(plain.requiredLength()).hasValue(5000);
    assertThat(inContext.requiredLength()).hasValue(0xFFFFFFFFL);
    assertThat(ErrorResponse.EMPTY.requiredLength()).isEmpty();
    assertThatThrownBy(new ErrorResponse(List.of(), Octets.ofHex("88"))::requiredLength)
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void contextsAndDataExcludeEachOther() {
    List<ErrorContext> contexts = List.of(new ErrorContext(0, Octets.EMPTY));
    assertThatThrownBy(() -> new ErrorResponse(contexts, Octets.ofHex("00")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostileLengths() {
    byte[] data = encode(new ErrorResponse(List.of(), Octets.ofHex("88130000")));
    assertMalformed(patched(data, 4, "05000000"), ErrorResponse::read);
    assertMalformed(patched(data, 4, "ffffffff"), ErrorResponse::read);
    assertMalformed(patched(data, 2, "01"), ErrorResponse::read);
    byte[] context = encode(
        new ErrorResponse(List.of(new ErrorContext(0, Octets.ofHex("88130000"))), Octets.EMPTY));
    assertMalformed(patched(context, 8, "05000000"), ErrorResponse::read);
    assertMalformed(patched(context, 8, "ffffffff"), ErrorResponse::read);
    assertMalformed(patched(context, 2, "02"), ErrorResponse::read);
  }

  @Test
  void aContextTooManyIsRefused() {
    ErrorContext context = new ErrorContext(1, Octets.EMPTY);
    assertRoundTrip(
        new ErrorResponse(Collections.nCopies(ErrorContext.MAX_COUNT, context), Octets.EMPTY),
        ErrorResponse::read);
    assertMalformed(
        encode(new ErrorResponse(
            Collections.nCopies(ErrorContext.MAX_COUNT + 1, context), Octets.EMPTY)),
        ErrorResponse::read);
  }

  /** Before 3.1.1 the byte is reserved, and nothing is said of what it holds. */
  @Test
  void aCountOfNothingIsIgnored() {
    assertThat(Messages.decode(
            Messages.patched(Messages.encode(ErrorResponse.EMPTY), 2, "01"), ErrorResponse::read))
        .isEqualTo(ErrorResponse.EMPTY);
  }
}
