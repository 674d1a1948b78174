package io.copychunk.client.cli;

import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What a failure is called where programs read of it. They rely on the names, which docs/events.md lists. */
final class FailureKind {
  private FailureKind() {}

  static String of(Throwable failure) {
    Throwable root = Diagnosis.unwrap(failure);
    if (root instanceof CommandException) {
      return root.getCause() == null ? "usage" : of(root.getCause());
    }
    if (root instanceof SmbCopyException e) {
      return e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (root instanceof SmbNotSupportedException) {
      return "not-supported";
    }
    if (root instanceof SmbStatusException) {
      return "refused";
    }
    if (root instanceof SmbAuthenticationException) {
      return "login";
    }
    if (root instanceof SmbTransportException || root instanceof SmbClosedException) {
      return "connection";
    }
    if (root instanceof SmbTimeoutException) {
      return "timeout";
    }
    if (root instanceof SmbSessionExpiredException) {
      return "session-expired";
    }
    if (root instanceof SmbIntegrityException) {
      return "not-genuine";
    }
    if (root instanceof SmbNegotiationException || root instanceof SmbEncryptionException) {
      return "no-agreement";
    }
    if (root instanceof SmbProtocolException) {
      return "protocol";
    }
    if (root instanceof SmbBusyException) {
      return "busy";
    }
    return ofThisMachine(root);
  }

  private static String ofThisMachine(Throwable root) {
    if (root instanceof InterruptedIOException
        || root instanceof InterruptedException
        || root instanceof CancellationException) {
      return "interrupted";
    }
    if (root instanceof InvalidPathException) {
      return "usage";
    }
    if (root instanceof IOException || root instanceof UncheckedIOException) {
      return "local-file";
    }
    return root instanceof IllegalArgumentException ? "name" : "unexpected";
  }

  /** The name of the status that the server has given, or null when it gave none. */
  static @Nullable String statusOf(Throwable failure) {
    Throwable root = Diagnosis.unwrap(failure);
    NtStatus status = root instanceof SmbStatusException refused
        ? refused.status()
        : root instanceof SmbAuthenticationException denied ? denied.status() : null;
    if (status != null) {
      return status.name();
    }
    boolean tellsOfItsCause = root instanceof CommandException || root instanceof SmbCopyException;
    return tellsOfItsCause && root.getCause() != null ? statusOf(root.getCause()) : null;
  }
}
