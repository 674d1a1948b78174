package io.copychunk.client;

import io.copychunk.client.error.SmbException;
import io.copychunk.wire.PrintableText;
import java.io.InterruptedIOException;

/** A share that is connected to. Thread-safe. */
public final class SmbShare implements AutoCloseable {
  private final AsyncSmbShare async;

  SmbShare(AsyncSmbShare async) {
    this.async = async;
  }

  /**
   * The asynchronous face of this share.
   *
   * @return shares everything with this one
   */
  public AsyncSmbShare async() {
    return async;
  }

  /**
   * Opens a file.
   *
   * @param path with slashes or backslashes, from the share's root
   * @param options how
   * @return the file
   * @throws SmbException when there is no such file, or it may not be opened so
   * @throws InterruptedIOException when interrupted
   * @throws java.nio.file.InvalidPathException when no file can have this path
   */
  public SmbFile open(String path, OpenOptions options)
      throws SmbException, InterruptedIOException {
    return new SmbFile(
        async.file(Waiting.forResult(async.eventLoop(), () -> async.openNow(path, options))));
  }

  /**
   * Opens a file for reading and gets its resume key, in one round trip.
   *
   * @param path with slashes or backslashes, from the share's root
   * @return both
   * @throws SmbException when the file can not be opened; {@code SmbNotSupportedException} when the
   *     server gives no keys
   * @throws InterruptedIOException when interrupted
   * @throws java.nio.file.InvalidPathException when no file can have this path
   */
  public KeyedOpen openWithResumeKey(String path) throws SmbException, InterruptedIOException {
    return async.keyedOpen(Waiting.forResult(
        async.eventLoop(), () -> async.openWithResumeKeyNow(path, OpenOptions.read())));
  }

  /**
   * The share as {@code \\host\share}.
   *
   * @return the path that was connected to
   */
  public String path() {
    return async.path();
  }

  /**
   * How the share is protected: as its session, or better where the share demands encryption.
   *
   * @return what is so now
   */
  public SessionSecurity security() {
    return async.security();
  }

  /**
   * Whether the share can be used.
   *
   * @return false after it, its session or its connection was closed
   */
  public boolean isOpen() {
    return async.isOpen();
  }

  /**
   * Disconnects from the share; the server closes what is open on it.
   *
   * @throws SmbException when the server could not be told
   * @throws InterruptedIOException when interrupted
   */
  @Override
  public void close() throws SmbException, InterruptedIOException {
    Waiting.forResult(async.eventLoop(), () -> async.closeNow());
  }

  /** The share. */
  @Override
  public String toString() {
    return PrintableText.of(path());
  }
}
