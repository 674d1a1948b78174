package io.copychunk.client;

import io.copychunk.client.error.SmbException;
import io.copychunk.fscc.InformationClass;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.wire.PrintableText;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** An open file or directory. Thread-safe. */
public final class SmbFile implements AutoCloseable {
  private final AsyncSmbFile async;
  private final FileCalls calls;

  SmbFile(AsyncSmbFile async) {
    this.async = async;
    this.calls = async.calls();
  }

  /**
   * The asynchronous face of this file.
   *
   * @return shares everything with this one
   */
  public AsyncSmbFile async() {
    return async;
  }

  /**
   * Gets the resume key, which names this open file as the source of a server-side copy
   * (FSCTL_SRV_REQUEST_RESUME_KEY, 3.3.5.15.5). Only the key that was asked for last is usable.
   *
   * @return 24 opaque bytes and a context
   * @throws SmbException {@code SmbNotSupportedException} when the server gives none
   * @throws InterruptedIOException when interrupted
   */
  public ResumeKey requestResumeKey() throws SmbException, InterruptedIOException {
    return requestResumeKey(SrvRequestResumeKey.OUTPUT_SIZE);
  }

  /**
   * Gets the resume key into an output buffer of a given size, as DeviceIoControl does.
   *
   * @param maxOutput the size of the output buffer in bytes, 0 to the server's MaxTransactSize; 32
   *     suffices for every server known
   * @return 24 opaque bytes and a context
   * @throws SmbException {@code SmbBufferTooSmallException} when the buffer is too small; nothing is
   *     returned then
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when the size is out of range
   */
  public ResumeKey requestResumeKey(int maxOutput) throws SmbException, InterruptedIOException {
    return Waiting.forResult(calls.eventLoop(), () -> calls.requestResumeKey(maxOutput));
  }

  /**
   * Sends any FSCTL (3.2.4.20), like DeviceIoControl.
   *
   * @param controlCode such as 0x00140078
   * @param input what is between position and limit is sent; at most the server's MaxTransactSize
   * @param maxOutput the most bytes that may come back, 0 to the server's MaxTransactSize
   * @return status and output
   * @throws SmbException {@code SmbNotSupportedException}, {@code SmbBufferTooSmallException} or
   *     another {@code SmbStatusException}, which carries the output if there was any
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when input or output are larger than the server takes
   */
  public IoctlResult ioctl(int controlCode, ByteBuffer input, int maxOutput)
      throws SmbException, InterruptedIOException {
    return Waiting.forResult(calls.eventLoop(), () -> calls.ioctl(controlCode, input, maxOutput));
  }

  /**
   * Lets the server copy from another file into this one; see {@link AsyncSmbFile#copyChunk}.
   *
   * @param key names the source
   * @param ranges at least one
   * @return whether it was copied, or was too much for one request
   * @throws SmbException {@code SmbPartialCopyException} when it failed midway
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when there is no range, or the key is of another session
   */
  public CopyChunkOutcome copyChunk(ResumeKey key, List<CopyRange> ranges)
      throws SmbException, InterruptedIOException {
    return Waiting.forResult(calls.eventLoop(), () -> calls.copyChunk(key, ranges));
  }

  /**
   * Lets the server copy the whole of another file into this one; see {@link AsyncSmbFile#copyFile}.
   *
   * @param key names the source
   * @throws SmbException when the server refuses
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when the key is of another session
   * @throws IllegalStateException when the server has not agreed to it as both files were opened
   */
  public void copyFile(ResumeKey key) throws SmbException, InterruptedIOException {
    Waiting.forResult(calls.eventLoop(), () -> calls.copyFile(key));
  }

  /**
   * Lets this file share the blocks of another one; see {@link AsyncSmbFile#duplicateExtents}.
   *
   * @param source open for reading in the same session
   * @param range less than 4 GiB on Windows
   * @throws SmbException {@code SmbNotSupportedException} where the file system can not
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when the source is of another session
   */
  public void duplicateExtents(SmbFile source, CopyRange range)
      throws SmbException, InterruptedIOException {
    Waiting.forResult(calls.eventLoop(), () -> calls.duplicateExtents(source.calls, range));
  }

  /**
   * Reads from the file; see {@link AsyncSmbFile#read}.
   *
   * @param offset where to begin
   * @param length the most bytes to read
   * @return a new buffer with what was read; empty at and beyond the end of the file
   * @throws SmbException when the server refuses
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when offset or length are out of range
   */
  public ByteBuffer read(long offset, int length) throws SmbException, InterruptedIOException {
    return Waiting.forResult(calls.eventLoop(), () -> calls.read(offset, length));
  }

  /**
   * Writes to the file; see {@link AsyncSmbFile#write}.
   *
   * @param offset where to begin
   * @param data what is between position and limit is written; the position does not move
   * @return how many bytes were written, which may be fewer
   * @throws SmbException when the server refuses
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when the offset is out of range, or the data are too much
   */
  public int write(long offset, ByteBuffer data) throws SmbException, InterruptedIOException {
    return Waiting.forResult(calls.eventLoop(), () -> calls.write(offset, data));
  }

  /**
   * Asks for something about the file or its volume; see {@link AsyncSmbFile#query}.
   *
   * @param what such as {@code FileNetworkOpenInformation.CLASS}
   * @param <T> the answer
   * @return the answer
   * @throws SmbException when the server refuses
   * @throws InterruptedIOException when interrupted
   */
  public <T> T query(InformationClass<T> what) throws SmbException, InterruptedIOException {
    return Waiting.forResult(calls.eventLoop(), () -> calls.query(what));
  }

  /**
   * Sets something about the file; see {@link AsyncSmbFile#set}.
   *
   * @param information such as a {@code FileBasicInformation}
   * @throws SmbException when the server refuses
   * @throws InterruptedIOException when interrupted
   */
  public void set(SettableInformation information) throws SmbException, InterruptedIOException {
    Waiting.forResult(calls.eventLoop(), () -> calls.set(information));
  }

  /**
   * The file as {@code \\host\share\path}.
   *
   * @return as it was opened, whatever it is called now
   */
  public String path() {
    return async.path();
  }

  /**
   * The file's size when it was opened.
   *
   * @return bytes
   */
  public long size() {
    return async.size();
  }

  /**
   * Whether the file can be used.
   *
   * @return false after it, its share, its session or its connection was closed
   */
  public boolean isOpen() {
    return async.isOpen();
  }

  /**
   * Closes the file.
   *
   * @throws SmbException when the server refuses
   * @throws InterruptedIOException when interrupted
   */
  @Override
  public void close() throws SmbException, InterruptedIOException {
    Waiting.forResult(calls.eventLoop(), () -> calls.close());
  }

  /** The file. */
  @Override
  public String toString() {
    return PrintableText.of(path());
  }
}
