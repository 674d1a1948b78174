package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbAuthenticationException.Reason;
import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbException.Scope;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbNegotiationException.Lack;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {
  static Stream<Arguments> exitCodes() {
    return Stream.of(
        Arguments.of(create(NtStatus.OBJECT_NAME_NOT_FOUND), ExitCode.NOT_FOUND),
        Arguments.of(create(NtStatus.OBJECT_PATH_NOT_FOUND), ExitCode.NOT_FOUND),
        Arguments.of(create(NtStatus.ACCESS_DENIED), ExitCode.DENIED),
        Arguments.of(create(NtStatus.SHARING_VIOLATION), ExitCode.FAILED),
        Arguments.of(create(NtStatus.FILE_IS_A_DIRECTORY), ExitCode.FAILED),
        Arguments.of(create(NtStatus.NETWORK_NAME_DELETED), ExitCode.CONNECTION),
        Arguments.of(treeConnect(NtStatus.BAD_NETWORK_NAME), ExitCode.NOT_FOUND),
        Arguments.of(treeConnect(NtStatus.ACCESS_DENIED), ExitCode.DENIED),
        Arguments.of(new SmbAuthenticationException("x", NtStatus.LOGON_FAILURE), ExitCode.DENIED),
        Arguments.of(
            new SmbAuthenticationException("x", NtStatus.ACCOUNT_LOCKED_OUT), ExitCode.DENIED),
        Arguments.of(new SmbAuthenticationException("x", Reason.CREDENTIALS), ExitCode.DENIED),
        Arguments.of(new SmbAuthenticationException("x", Reason.SERVER), ExitCode.DENIED),
        Arguments.of(
            new SmbNotSupportedException("K", NtStatus.NOT_SUPPORTED, Command.IOCTL, "p"),
            ExitCode.UNSUPPORTED),
        Arguments.of(new SmbCopyException(SmbCopyException.Reason.SAME_FILE, "x"), ExitCode.FAILED),
        Arguments.of(
            new SmbCopyException(SmbCopyException.Reason.NO_METHOD, "x"), ExitCode.UNSUPPORTED),
        Arguments.of(
            new SmbCopyException(
                SmbCopyException.Reason.LEFTOVER, "x", "y", new SmbTransportException("z")),
            ExitCode.CONNECTION),
        Arguments.of(
            new SmbCopyException(
                SmbCopyException.Reason.LEFTOVER, "x", "y", new SmbIntegrityException("z")),
            ExitCode.NOT_GENUINE),
        Arguments.of(create(NtStatus.DISK_FULL), ExitCode.FAILED),
        Arguments.of(create(NtStatus.FILE_LOCK_CONFLICT), ExitCode.FAILED),
        Arguments.of(new SmbEncryptionException("x", Scope.REQUEST), ExitCode.UNSUPPORTED),
        Arguments.of(new SmbBusyException("x"), ExitCode.FAILED),
        Arguments.of(
            new SmbBufferTooSmallException(1, NtStatus.BUFFER_TOO_SMALL, Command.IOCTL, "p"),
            ExitCode.FAILED),
        Arguments.of(new SmbNegotiationException("x", Lack.DIALECT), ExitCode.UNSUPPORTED),
        Arguments.of(new SmbTimeoutException("x"), ExitCode.CONNECTION),
        Arguments.of(new SmbTransportException("x"), ExitCode.CONNECTION),
        Arguments.of(new SmbIntegrityException("x"), ExitCode.NOT_GENUINE),
        Arguments.of(new SmbProtocolException("x"), ExitCode.CONNECTION),
        Arguments.of(new SmbClosedException("x"), ExitCode.CONNECTION),
        Arguments.of(new SmbSessionExpiredException("x"), ExitCode.CONNECTION),
        Arguments.of(new InterruptedIOException("x"), ExitCode.INTERRUPTED),
        Arguments.of(new InterruptedException("x"), ExitCode.INTERRUPTED),
        Arguments.of(new InvalidPathException("p", "x"), ExitCode.USAGE),
        Arguments.of(new CommandException(Failure.usage("x", "y", "z", null)), ExitCode.USAGE),
        Arguments.of(new UncheckedIOException(new java.io.IOException("x")), ExitCode.FAILED),
        Arguments.of(new IllegalStateException("x"), ExitCode.FAILED));
  }

  @ParameterizedTest
  @MethodSource
  void exitCodes(Exception failure, ExitCode expected) {
    assertThat(Diagnosis.of(failure, "where").exitCode()).isEqualTo(expected);
    assertThat(Diagnosis.of(new ExecutionException(new CompletionException(failure)), "where")
            .exitCode())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("exitCodes")
  void oneLine(Exception failure) {
    assertThat(Diagnosis.of(failure, "where").line())
        .startsWith("copychunk: ")
        .doesNotContain("\n");
  }

  @Test
  void eachKindHasADiagnosisOfItsOwn() {
    Map<Class<?>, String> what = new HashMap<>();
    exitCodes().map(arguments -> arguments.get()[0]).forEach(failure -> {
      if (failure instanceof SmbException e) {
        Class<?> kind = e instanceof SmbStatusException ? SmbStatusException.class : e.getClass();
        what.put(kind, Diagnosis.of(e, "where").what());
      }
    });

    assertThat(what.keySet())
        .containsExactlyInAnyOrder(SmbException.class.getPermittedSubclasses());
    assertThat(what.values()).doesNotHaveDuplicates().doesNotContain("failed");
  }

  static Stream<Arguments> advice() {
    return Stream.of(
        Arguments.of(
            new SmbNegotiationException("x", Lack.DIALECT),
            "--min-dialect 2.0.2 and no --max-dialect, to accept every dialect"),
        Arguments.of(
            new SmbNegotiationException("x", Lack.CIPHER), "--cipher, or a server that encrypts"),
        Arguments.of(new SmbNegotiationException("x", Lack.UNKNOWN), null),
        Arguments.of(
            new SmbAuthenticationException("x", Reason.POLICY),
            "a login with a user, or options that demand less"),
        Arguments.of(
            new SmbAuthenticationException("x", Reason.SERVER),
            "a server that lets users log in by NTLMv2"),
        Arguments.of(
            new SmbAuthenticationException("x", Reason.GUEST),
            "check the user and password that -U, -A or the environment gives; or --guest with"
                + " --sign if-offered"),
        Arguments.of(
            new SmbEncryptionException("x", Scope.SESSION),
            "--encrypt if-offered, or a login with a user"),
        Arguments.of(SmbProtocolException.notSmb("x"), "check the port"));
  }

  @ParameterizedTest
  @MethodSource
  void advice(SmbException failure, String advice) {
    assertThat(Diagnosis.of(failure, "where").advice()).isEqualTo(advice);
  }

  @Test
  void wrongPassword() {
    SmbAuthenticationException failure =
        new SmbAuthenticationException("x", NtStatus.LOGON_FAILURE);

    assertThat(Diagnosis.of(failure, "//nas/s/f").line())
        .isEqualTo("copychunk: login failed: //nas/s/f: the user name or the password is wrong"
            + " [STATUS_LOGON_FAILURE (0xc000006d)]; try: check the user and password that -U, -A or the"
            + " environment gives");
  }

  @Test
  void unknownHost() {
    SmbTransportException failure = new SmbTransportException("x", new UnknownHostException("nas"));

    assertThat(Diagnosis.of(failure, "//nas/s/f").line())
        .isEqualTo(
            "copychunk: cannot connect: //nas/s/f: unknown host; try: check the spelling, or an address");
  }

  @Test
  void connectionRefused() {
    SmbTransportException failure = SmbTransportException.noConnection(
        "a: b:445", "Connection refused: nas/192.0.2.1:445", new ConnectException());

    assertThat(Diagnosis.of(failure, "//nas/s/f").line())
        .isEqualTo("copychunk: cannot connect: //nas/s/f: Connection refused: nas/192.0.2.1:445;"
            + " try: check the port, and that the server is up");
  }

  @Test
  void aFullDiskIsNoUnexpectedFailure() {
    FileSystemException failure =
        new FileSystemException("/tmp/source.bin", null, "No space left on device");

    assertThat(Diagnosis.of(failure, "//nas/s").line())
        .startsWith("copychunk: cannot read or write a file: //nas/s: ")
        .contains("/tmp/source.bin: No space left on device; try: check that there is space");
  }

  @Test
  void hostileMessageIsEscaped() {
    assertThat(
            Diagnosis.of(new SmbProtocolException("a\u001b[2Jb\nc\u202e"), "w").line())
        .contains("a\\u001b[2Jb\\u000ac\\u202e");
  }

  private static SmbStatusException create(NtStatus status) {
    return new SmbStatusException(status, Command.CREATE, "\\\\nas\\s\\f", Octets.EMPTY);
  }

  private static SmbStatusException treeConnect(NtStatus status) {
    return new SmbStatusException(status, Command.TREE_CONNECT, "\\\\nas\\s", Octets.EMPTY);
  }
}
