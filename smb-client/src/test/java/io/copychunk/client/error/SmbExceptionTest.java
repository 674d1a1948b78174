package io.copychunk.client.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbAuthenticationException.Reason;
import io.copychunk.client.error.SmbException.Scope;
import io.copychunk.client.error.SmbNegotiationException.Lack;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class SmbExceptionTest {
  private static final NtStatus STATUS = NtStatus.ACCESS_DENIED;
  private static final Octets OUTPUT = Octets.ofHex("010203");

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of(
            new SmbStatusException(STATUS, Command.CREATE, "\\\\h\\s\\f", OUTPUT), Scope.REQUEST),
        Arguments.of(
            new SmbNotSupportedException("FSCTL", STATUS, Command.IOCTL, "p"), Scope.REQUEST),
        Arguments.of(new SmbBufferTooSmallException(12, STATUS, Command.IOCTL, "p"), Scope.REQUEST),
        Arguments.of(
            new SmbPartialCopyException(
                new SmbStatusException(STATUS, Command.IOCTL, "p", OUTPUT), 3, 4),
            Scope.REQUEST),
        Arguments.of(new SmbCopyException(SmbCopyException.Reason.SAME_FILE, "m"), Scope.REQUEST),
        Arguments.of(
            new SmbCopyException(
                SmbCopyException.Reason.LEFTOVER, "m", "l", new SmbTransportException("c")),
            Scope.CONNECTION),
        Arguments.of(new SmbTimeoutException("m"), Scope.REQUEST),
        Arguments.of(new SmbTimeoutException("m", Scope.CONNECTION), Scope.CONNECTION),
        Arguments.of(new SmbBusyException("m"), Scope.REQUEST),
        Arguments.of(new SmbClosedException("m"), Scope.REQUEST),
        Arguments.of(new SmbAuthenticationException("m", STATUS), Scope.SESSION),
        Arguments.of(new SmbAuthenticationException("m", Reason.POLICY), Scope.SESSION),
        Arguments.of(new SmbEncryptionException("m", Scope.SESSION), Scope.SESSION),
        Arguments.of(new SmbEncryptionException("m", Scope.REQUEST), Scope.REQUEST),
        Arguments.of(new SmbSessionExpiredException("m"), Scope.SESSION),
        Arguments.of(new SmbNegotiationException("m", Lack.CIPHER), Scope.CONNECTION),
        Arguments.of(new SmbProtocolException("m"), Scope.CONNECTION),
        Arguments.of(SmbProtocolException.notSmb("m"), Scope.CONNECTION),
        Arguments.of(new SmbIntegrityException("m"), Scope.CONNECTION),
        Arguments.of(new SmbTransportException("m"), Scope.CONNECTION),
        Arguments.of(
            SmbTransportException.noConnection("h", "r", new Exception()), Scope.CONNECTION));
  }

  @ParameterizedTest
  @MethodSource("all")
  void withTheCallersStackItIsTheSameFailure(SmbException original, Scope scope) {
    SmbException copy = original.withCallersStack();

    assertThat(copy).isNotSameAs(original).hasSameClassAs(original);
    assertThat(copy.getMessage()).isEqualTo(original.getMessage());
    assertThat(copy.getCause()).isSameAs(original);
    assertThat(copy.scope()).isEqualTo(scope).isEqualTo(original.scope());
    if (original instanceof SmbStatusException status) {
      SmbStatusException same = (SmbStatusException) copy;
      assertThat(same.status()).isEqualTo(status.status());
      assertThat(same.command()).isEqualTo(status.command());
      assertThat(same.path()).isEqualTo(status.path());
      assertThat(same.output()).isEqualTo(status.output());
    }
    if (original instanceof SmbPartialCopyException partial) {
      assertThat(((SmbPartialCopyException) copy).chunksWritten()).isEqualTo(3);
      assertThat(((SmbPartialCopyException) copy).bytesWritten()).isEqualTo(partial.bytesWritten());
    }
    if (original instanceof SmbCopyException failed) {
      assertThat(((SmbCopyException) copy).reason()).isEqualTo(failed.reason());
      assertThat(((SmbCopyException) copy).leftover()).isEqualTo(failed.leftover());
    }
    if (original instanceof SmbBufferTooSmallException small) {
      assertThat(((SmbBufferTooSmallException) copy).allowed()).isEqualTo(small.allowed());
    }
    if (original instanceof SmbAuthenticationException refused) {
      assertThat(((SmbAuthenticationException) copy).status()).isEqualTo(refused.status());
      assertThat(((SmbAuthenticationException) copy).reason()).isEqualTo(refused.reason());
    }
    if (original instanceof SmbNegotiationException lacking) {
      assertThat(((SmbNegotiationException) copy).lack()).isEqualTo(lacking.lack());
    }
    if (original instanceof SmbProtocolException broken) {
      assertThat(((SmbProtocolException) copy).isSmb()).isEqualTo(broken.isSmb());
    }
    if (original instanceof SmbTransportException cut) {
      assertThat(((SmbTransportException) copy).reason()).isEqualTo(cut.reason());
    }
  }

  @Test
  void everyClassIsAmongThem() {
    List<String> tested = all()
        .map(arguments -> arguments.get()[0].getClass().getName())
        .distinct()
        .toList();

    assertThat(tested).containsAll(permitted(SmbException.class));
    assertThat(tested).containsAll(permitted(SmbStatusException.class));
  }

  @Test
  void aStatusIsExplainedInWords() {
    assertThat(new SmbStatusException(STATUS, Command.CREATE, "\\\\h\\s\\f", OUTPUT))
        .hasMessageContaining("CREATE \\\\h\\s\\f: ")
        .hasMessageContaining(STATUS.meaning())
        .hasMessageContaining("ACCESS_DENIED");
    assertThat(new SmbStatusException(STATUS, Command.ECHO, "", OUTPUT).getMessage())
        .startsWith("ECHO: ");
  }

  private static List<String> permitted(Class<?> type) {
    return Arrays.stream(type.getPermittedSubclasses()).map(Class::getName).toList();
  }
}
