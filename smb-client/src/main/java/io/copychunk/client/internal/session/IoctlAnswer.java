package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.wire.Command;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What came of an IOCTL.
 *
 * @param status a success, or BUFFER_OVERFLOW when the output was cut to what was allowed
 * @param value the output, decoded
 * @param <O> what the FSCTL returns
 */
public record IoctlAnswer<O>(NtStatus status, O value) {
  private static final Set<NtStatus> NOT_OFFERED =
      Set.of(NtStatus.NOT_SUPPORTED, NtStatus.INVALID_DEVICE_REQUEST, NtStatus.NOT_IMPLEMENTED);

  /**
   * Decodes a reply, or says what its failure means.
   *
   * @param fsctl what was asked
   * @param reply the reply, unless it failed
   * @param failure what the request failed with, or null
   * @param path the file
   * @return the answer
   * @throws SmbException when the server refused, or answered what can not be understood
   * @throws CancellationException when the request was cancelled
   */
  static <O> IoctlAnswer<O> of(
      Fsctl<O> fsctl,
      @Nullable Reply<IoctlResponse> reply,
      @Nullable Throwable failure,
      String path)
      throws SmbException {
    if (failure instanceof FailedRequestException failed) {
      throw refusal(fsctl, failed.status(), path);
    }
    if (reply == null) {
      Throwable cause =
          Failures.of(failure == null ? new IllegalStateException("no reply") : failure, path);
      if (cause instanceof SmbException e) {
        throw e;
      }
      throw (CancellationException) cause;
    }
    NtStatus status = reply.status();
    if (!status.isSuccess() && !status.equals(NtStatus.BUFFER_OVERFLOW)) {
      throw new SmbStatusException(
          status, Command.IOCTL, path, fsctl.believable(status, reply.body().output()));
    }
    if (status.equals(NtStatus.BUFFER_OVERFLOW) && !fsctl.acceptsOverflow()) {
      throw new SmbBufferTooSmallException(fsctl.maxOutputResponse(), status, Command.IOCTL, path);
    }
    try {
      return new IoctlAnswer<>(status, fsctl.readOutput(reply.body().output().reader()));
    } catch (MalformedMessageException e) {
      throw new SmbProtocolException(
          path + ": malformed output of " + FsctlCode.name(fsctl.controlCode()) + ": "
              + e.getMessage(),
          e);
    }
  }

  /** A refusal without output; servers differ in how they say the same. */
  private static SmbException refusal(Fsctl<?> fsctl, NtStatus status, String path) {
    long allowed = fsctl.maxOutputResponse();
    boolean resumeKey = fsctl.controlCode() == FsctlCode.SRV_REQUEST_RESUME_KEY;
    boolean invalid = status.equals(NtStatus.INVALID_PARAMETER);
    boolean shortForKey = resumeKey && allowed < SrvRequestResumeKey.OUTPUT_SIZE;
    if (status.equals(NtStatus.BUFFER_TOO_SMALL) || (shortForKey && invalid)) {
      return new SmbBufferTooSmallException(allowed, status, Command.IOCTL, path);
    }
    if (NOT_OFFERED.contains(status) || (resumeKey && invalid)) {
      return new SmbNotSupportedException(
          FsctlCode.name(fsctl.controlCode()), status, Command.IOCTL, path);
    }
    return Failures.ofStatus(Command.IOCTL, status, path);
  }
}
