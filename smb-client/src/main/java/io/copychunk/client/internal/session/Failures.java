package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Turns what a request failed with into what a user is told. */
final class Failures {
  private Failures() {}

  /**
   * The exception for the user.
   *
   * @param failure of a request, or of a stage that depends on one
   * @param path what the request was about
   * @return an {@code SmbException} or a {@link CancellationException}
   */
  static Throwable of(Throwable failure, String path) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause(), path);
    }
    if (failure instanceof SmbException || failure instanceof CancellationException) {
      return failure;
    }
    if (failure instanceof FailedRequestException failed) {
      return ofStatus(failed.command(), failed.status(), path);
    }
    return new SmbProtocolException(path + ": unexpected failure: " + failure, failure);
  }

  /**
   * The exception for a failing status.
   *
   * @param command the command that failed
   * @param status what the server said
   * @param path what the command was about
   * @return of the session's scope when the server has ended the session, else of the request's
   */
  static SmbException ofStatus(Command command, NtStatus status, String path) {
    if (status.equals(NtStatus.NETWORK_SESSION_EXPIRED)
        || status.equals(NtStatus.USER_SESSION_DELETED)) {
      return new SmbSessionExpiredException(
          command + " " + path + ": the server has ended the session [" + status + "]");
    }
    return new SmbStatusException(status, command, path, Octets.EMPTY);
  }
}
