package io.copychunk.client.error;

import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;

/**
 * A COPYCHUNK request failed, and the server has told how far it had come (2.2.32.1). Of the chunk that
 * failed, bytes may be in the target that nobody has counted.
 */
public final class SmbPartialCopyException extends SmbStatusException {
  private static final long serialVersionUID = 1L;

  private final long chunksWritten;
  private final long bytesWritten;

  /**
   * Creates the exception.
   *
   * @param failure the status that the request failed with
   * @param chunksWritten chunks that were copied before it failed; 0 to the number of those in the
   *     request
   * @param bytesWritten bytes of all of them
   */
  public SmbPartialCopyException(
      SmbStatusException failure, long chunksWritten, long bytesWritten) {
    this(
        failure.status(),
        failure.command(),
        failure.path(),
        failure.output(),
        chunksWritten,
        bytesWritten);
  }

  private SmbPartialCopyException(
      NtStatus status,
      Command command,
      String path,
      Octets output,
      long chunksWritten,
      long bytesWritten) {
    super(status, command, path, output);
    this.chunksWritten = chunksWritten;
    this.bytesWritten = bytesWritten;
  }

  /**
   * The chunks that were copied.
   *
   * @return 0 to the number of those in the request
   */
  public long chunksWritten() {
    return chunksWritten;
  }

  /**
   * The bytes of all chunks that were copied.
   *
   * @return 0 to the sum of their lengths
   */
  public long bytesWritten() {
    return bytesWritten;
  }

  @Override
  public SmbPartialCopyException withCallersStack() {
    SmbPartialCopyException copy = new SmbPartialCopyException(
        status(), command(), path(), output(), chunksWritten, bytesWritten);
    copy.initCause(this);
    return copy;
  }
}
