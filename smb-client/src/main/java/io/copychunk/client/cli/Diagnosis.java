package io.copychunk.client.cli;

import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What an exception means to the user: the one place that decides. */
final class Diagnosis {
  private static final Set<NtStatus> NOT_FOUND = Set.of(
      NtStatus.OBJECT_NAME_NOT_FOUND,
      NtStatus.OBJECT_PATH_NOT_FOUND,
      NtStatus.OBJECT_NAME_INVALID,
      NtStatus.OBJECT_PATH_INVALID,
      NtStatus.OBJECT_PATH_SYNTAX_BAD,
      NtStatus.NO_SUCH_FILE,
      NtStatus.NO_SUCH_DEVICE,
      NtStatus.NOT_FOUND,
      NtStatus.NOT_A_DIRECTORY,
      NtStatus.DELETE_PENDING,
      NtStatus.FILE_DELETED);
  private static final Set<NtStatus> DENIED = Set.of(
      NtStatus.ACCESS_DENIED, NtStatus.NETWORK_ACCESS_DENIED, NtStatus.MEDIA_WRITE_PROTECTED);
  private static final Set<NtStatus> GONE = Set.of(
      NtStatus.NETWORK_NAME_DELETED,
      NtStatus.CONNECTION_DISCONNECTED,
      NtStatus.CONNECTION_RESET,
      NtStatus.IO_TIMEOUT,
      NtStatus.SERVER_UNAVAILABLE,
      NtStatus.SHARE_UNAVAILABLE);
  private static final Set<NtStatus> FULL =
      Set.of(NtStatus.DISK_FULL, NtStatus.QUOTA_EXCEEDED, NtStatus.DISK_QUOTA_EXCEEDED);
  private static final Set<NtStatus> IN_USE =
      Set.of(NtStatus.SHARING_VIOLATION, NtStatus.FILE_LOCK_CONFLICT, NtStatus.LOCK_NOT_GRANTED);
  private static final Set<NtStatus> WRONG_CREDENTIALS =
      Set.of(NtStatus.LOGON_FAILURE, NtStatus.WRONG_PASSWORD, NtStatus.NO_SUCH_USER);
  private static final String CHECK_USER =
      "check the user and password that -U, -A or the environment gives";

  private static final String ENCRYPT = "--encrypt if-offered, or a login with a user";

  private Diagnosis() {}

  /**
   * What a failure means.
   *
   * @param failure any
   * @param where what it was about, such as a URL; empty when the failure says so itself
   */
  static Failure of(Throwable failure, String where) {
    Throwable root = unwrap(failure);
    if (root instanceof CommandException e) {
      return e.failure();
    }
    if (root instanceof SmbException e) {
      return ofSmb(e, where);
    }
    if (root instanceof InterruptedIOException || root instanceof InterruptedException) {
      return new Failure(ExitCode.INTERRUPTED, "interrupted", where, "", null);
    }
    if (root instanceof InvalidPathException e) {
      return Failure.usage("wrong path", where, e.getReason(), null);
    }
    if (root instanceof UncheckedIOException e) {
      String why = String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
      return new Failure(ExitCode.FAILED, "cannot write the output", where, why, null);
    }
    if (root instanceof IOException) {
      String advice = "check that there is space, and that you may read and write there";
      return new Failure(
          ExitCode.FAILED, "cannot read or write a file", where, root.toString(), advice);
    }
    return new Failure(
        ExitCode.FAILED,
        "unexpected failure",
        where,
        root.toString(),
        "-v for the trace, and report it");
  }

  /** The failure itself, without what futures wrap around it. */
  static Throwable unwrap(Throwable failure) {
    Throwable root = failure;
    while ((root instanceof CompletionException || root instanceof ExecutionException)
        && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Failure ofSmb(SmbException e, String where) {
    String message = e.getMessage();
    if (e instanceof SmbAuthenticationException denied) {
      return authentication(denied, where);
    }
    if (e instanceof SmbCopyException copy) {
      return copy(copy, where);
    }
    if (e instanceof SmbNotSupportedException refused) {
      return refused.command() == Command.IOCTL
          ? new Failure(
              ExitCode.UNSUPPORTED,
              "not supported by the server",
              where,
              "it gives no resume keys, so it cannot copy by itself: " + reason(refused.status()),
              "another server or share, or an ordinary copy")
          : new Failure(ExitCode.UNSUPPORTED, "not supported", where, message, null);
    }
    if (e instanceof SmbStatusException refused) {
      return status(refused, where);
    }
    if (e instanceof SmbTransportException cut) {
      return transport(cut, where);
    }
    if (e instanceof SmbTimeoutException) {
      return connection("no answer in time", where, message, "--timeout SECONDS to wait longer");
    }
    if (e instanceof SmbEncryptionException) {
      return new Failure(ExitCode.UNSUPPORTED, "encryption is demanded", where, message, ENCRYPT);
    }
    if (e instanceof SmbBusyException) {
      String advice = "fewer files at a time";
      return new Failure(
          ExitCode.FAILED, "the server takes too few requests", where, message, advice);
    }
    if (e instanceof SmbNegotiationException lacking) {
      String advice = switch (lacking.lack()) {
        case DIALECT -> "--min-dialect 2.0.2 and no --max-dialect, to accept every dialect";
        case CIPHER -> "--cipher, or a server that encrypts";
        case UNKNOWN -> null;
      };
      return new Failure(
          ExitCode.UNSUPPORTED, "no agreement with the server", where, message, advice);
    }
    if (e instanceof SmbIntegrityException) {
      String advice = "another network path: somebody on this one may alter messages";
      return new Failure(
          ExitCode.NOT_GENUINE, "the messages are not genuine", where, message, advice);
    }
    if (e instanceof SmbSessionExpiredException) {
      return connection("the session has expired", where, message, "again");
    }
    if (e instanceof SmbClosedException) {
      return connection("closed before it was done", where, message, "again");
    }
    if (e instanceof SmbProtocolException broken) {
      if (!broken.isSmb()) {
        return connection("this is no SMB server", where, message, "check the port");
      }
      String advice = "-vv to see all messages, and report it";
      return connection("the server breaks the protocol", where, message, advice);
    }
    return new Failure(ExitCode.FAILED, "failed", where, message, null);
  }

  private static Failure copy(SmbCopyException e, String where) {
    String message = e.getMessage();
    return switch (e.reason()) {
      case SAME_FILE ->
        new Failure(ExitCode.FAILED, "source and target are the same file", where, message, null);
      case TARGET_EXISTS ->
        new Failure(
            ExitCode.FAILED, "the target exists", where, message, "another name, or without -n");
      case TOO_MANY_REMOVALS ->
        new Failure(
            ExitCode.FAILED,
            "too much would be removed",
            where,
            message,
            "--dry-run to see what, and --max-delete COUNT if it is meant");
      case WRONG_PATH ->
        new Failure(
            ExitCode.USAGE,
            "wrong path",
            where,
            message,
            "paths from SRC, one a line, in UTF-8; -r for directories");
      case NAME_TAKEN ->
        new Failure(
            ExitCode.FAILED, "the name is taken", where, message, "another name for one of both");
      case TARGET_IS_DIRECTORY ->
        new Failure(ExitCode.FAILED, "the target is a directory", where, message, "without -T");
      case SOURCE_CHANGED ->
        new Failure(
            ExitCode.FAILED,
            "the source has changed",
            where,
            message,
            "again when nobody writes to it, or --allow-changes");
      case NO_METHOD ->
        new Failure(
            ExitCode.UNSUPPORTED,
            "cannot be copied so",
            where,
            message,
            "without --server-side-only or --method; copychunk probe URL tells what works");
      case NO_PROGRESS, LIMITS, STALE_KEY ->
        new Failure(
            ExitCode.FAILED,
            "the server does not copy as it says",
            where,
            message,
            "--method stream, and report it");
      case NOT_EQUAL ->
        new Failure(
            ExitCode.FAILED, "the copy is not equal", where, message, "again, with --verify full");
      case LINK ->
        new Failure(
            ExitCode.UNSUPPORTED,
            "the link can not be copied",
            where,
            message,
            "--links follow for what it leads to, or --links skip");
      case NAME ->
        new Failure(
            ExitCode.FAILED,
            "the name can not be kept",
            where,
            message,
            "another name on the server");
      case LEFTOVER ->
        new Failure(
            e.getCause() == null ? ExitCode.FAILED : of(e.getCause(), where).exitCode(),
            "failed, and something is left",
            where,
            message,
            "copychunk rm for what is left");
    };
  }

  private static Failure authentication(SmbAuthenticationException e, String where) {
    NtStatus status = e.status();
    if (status == null) {
      String advice = switch (e.reason()) {
        case CREDENTIALS -> CHECK_USER;
        case SERVER -> "a server that lets users log in by NTLMv2";
        case GUEST -> CHECK_USER + "; or --guest with --sign if-offered";
        case POLICY -> "a login with a user, or options that demand less";
      };
      return new Failure(ExitCode.DENIED, "login failed", where, e.getMessage(), advice);
    }
    String advice = WRONG_CREDENTIALS.contains(status)
        ? CHECK_USER
        : "the server's administrator, who can change that";
    return new Failure(ExitCode.DENIED, "login failed", where, reason(status), advice);
  }

  private static Failure status(SmbStatusException e, String where) {
    NtStatus status = e.status();
    boolean share = e.command() == Command.TREE_CONNECT;
    if (status.equals(NtStatus.BAD_NETWORK_NAME)) {
      String advice = "check the spelling; smbclient -L lists a server's shares";
      return new Failure(ExitCode.NOT_FOUND, "no such share", where, reason(status), advice);
    }
    if (NOT_FOUND.contains(status)) {
      String advice = "check the spelling of the path";
      return new Failure(ExitCode.NOT_FOUND, "no such file", where, reason(status), advice);
    }
    if (DENIED.contains(status)) {
      String what = share ? "no access to the share" : "no permission";
      String advice = "another user with -U or -A"
          + (share
              ? "; a share may demand encryption, which --encrypt off, --max-dialect 2.1 and -N rule out"
              : "");
      return new Failure(ExitCode.DENIED, what, where, reason(status), advice);
    }
    if (GONE.contains(status)) {
      return connection("connection lost", where, reason(status), "again");
    }
    if (FULL.contains(status)) {
      String advice = "room there, or another place";
      return new Failure(ExitCode.FAILED, "no space", where, reason(status), advice);
    }
    if (IN_USE.contains(status)) {
      String advice = "again when nobody else uses it";
      return new Failure(ExitCode.FAILED, "in use by somebody else", where, reason(status), advice);
    }
    if (status.equals(NtStatus.FILE_IS_A_DIRECTORY)) {
      return new Failure(
          ExitCode.FAILED, "not a file", where, reason(status), "a file in that directory");
    }
    return new Failure(ExitCode.FAILED, e.command() + " failed", where, reason(status), null);
  }

  private static Failure transport(SmbTransportException e, String where) {
    if (cause(e, UnknownHostException.class) != null) {
      return connection(
          "cannot connect", where, "unknown host", "check the spelling, or an address");
    }
    Throwable refused = cause(e, ConnectException.class);
    Throwable cut = refused == null ? cause(e, NoRouteToHostException.class) : refused;
    if (cut != null) {
      return connection(
          "cannot connect", where, e.reason(), "check the port, and that the server is up");
    }
    return connection("connection lost", where, e.getMessage(), "again");
  }

  private static @Nullable Throwable cause(Throwable failure, Class<? extends Throwable> type) {
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < 8; depth++) {
      if (type.isInstance(cause)) {
        return cause;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static Failure connection(String what, String where, String why, String advice) {
    return new Failure(ExitCode.CONNECTION, what, where, why, advice);
  }

  private static String reason(NtStatus status) {
    String meaning = status.meaning();
    return meaning.substring(0, 1).toLowerCase(Locale.ROOT) + meaning.substring(1) + " [" + status
        + "]";
  }
}
