package io.copychunk.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.auth.AuthenticateMessage;
import io.copychunk.auth.AuthenticationException;
import io.copychunk.auth.NegotiateFlags;
import io.copychunk.auth.NtlmIdentity;
import io.copychunk.auth.NtlmVersion;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.message.context.AaplServerQueryResponse;
import io.copychunk.message.context.NetnameNegotiateContextId;
import io.copychunk.message.context.ShareRedirectErrorContext;
import io.copychunk.message.context.SymbolicLinkErrorResponse;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 7 of the attack list: names that forge, overwrite or turn around a line of a log. */
class HostileNamesTest {
  private static final String HOSTILE = "a\r\nWARN forged \u001b[2K\u202E\u2066\uFFFE\u0000z";
  private static final String SHOWN =
      "a\\u000d\\u000aWARN forged \\u001b[2K\\u202e\\u2066\\ufffe\\u0000z";

  static Stream<Object> whatHoldsNames() {
    return Stream.of(
        new SymbolicLinkErrorResponse(0, HOSTILE, "", false),
        new SymbolicLinkErrorResponse(0, "", HOSTILE, false),
        new ShareRedirectErrorContext(List.of(), HOSTILE),
        new AaplServerQueryResponse(0, 0, 0, HOSTILE),
        new NetnameNegotiateContextId(HOSTILE),
        new TreeConnectRequest(HOSTILE),
        new CreateRequest(
            OplockLevel.NONE,
            ImpersonationLevel.IMPERSONATION,
            new AccessMask(0),
            FileAttributes.NONE,
            ShareAccess.NONE,
            CreateDisposition.OPEN,
            CreateOptions.NONE,
            HOSTILE,
            List.of()),
        new AuthenticateMessage(
            Octets.EMPTY,
            Octets.EMPTY,
            HOSTILE,
            "user",
            "",
            Octets.EMPTY,
            new NegotiateFlags(0),
            NtlmVersion.NONE,
            null),
        new NtlmIdentity(HOSTILE, "user", new char[0]),
        new MalformedMessageException(HOSTILE),
        new MalformedMessageException(HOSTILE, new IllegalArgumentException()),
        new AuthenticationException(HOSTILE));
  }

  @ParameterizedTest
  @MethodSource("whatHoldsNames")
  void section7ANameIsEscapedBeforeItIsShown(Object holder) {
    assertThat(holder.toString())
        .contains(SHOWN)
        .doesNotContainPattern("[\\p{Cntrl}\u202A-\u202E\u2066-\u2069\uFFFE]");
  }
}
