package io.copychunk.client;

import io.copychunk.client.internal.session.Call;
import io.copychunk.client.internal.session.IoctlAnswer;
import io.copychunk.client.internal.session.Open;
import io.copychunk.message.fsctl.RawFsctl;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.Octets;
import io.copychunk.wire.PrintableText;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The asynchronous face of {@link SmbFile}. Futures complete on the callback executor; cancelling one
 * sends SMB2 CANCEL to the server. Thread-safe.
 */
public final class AsyncSmbFile {
  private final Open open;
  private final Executor executor;

  AsyncSmbFile(Open open, Executor executor) {
    this.open = open;
    this.executor = executor;
  }

  /**
   * Gets the resume key (FSCTL_SRV_REQUEST_RESUME_KEY, 3.3.5.15.5). Only the key that was asked for
   * last is usable.
   *
   * @return the key; fails with an {@code SmbNotSupportedException} when the server gives none
   */
  public CompletableFuture<ResumeKey> requestResumeKey() {
    return requestResumeKey(SrvRequestResumeKey.OUTPUT_SIZE);
  }

  /**
   * Gets the resume key into an output buffer of a given size, as DeviceIoControl does.
   *
   * @param maxOutput the size of the output buffer in bytes, 0 to the server's MaxTransactSize; 32
   *     suffices for every server known
   * @return the key; fails with an {@code SmbBufferTooSmallException} when the buffer is too small
   * @throws IllegalArgumentException when the size is out of range
   */
  public CompletableFuture<ResumeKey> requestResumeKey(int maxOutput) {
    return Published.of(requestResumeKeyNow(maxOutput), this::key, key -> {}, executor);
  }

  /**
   * Sends any FSCTL (3.2.4.20).
   *
   * @param controlCode such as 0x00140078
   * @param input what is between position and limit is sent; at most the server's MaxTransactSize
   * @param maxOutput the most bytes that may come back, 0 to the server's MaxTransactSize
   * @return status and output; fails with an {@code SmbStatusException}, which carries the output if
   *     there was any
   * @throws IllegalArgumentException when input or output are larger than the server takes
   */
  public CompletableFuture<IoctlResult> ioctl(int controlCode, ByteBuffer input, int maxOutput) {
    return Published.of(
        ioctlNow(controlCode, input, maxOutput), AsyncSmbFile::result, result -> {}, executor);
  }

  /**
   * The file as {@code \\host\share\path}.
   *
   * @return as it was opened, whatever it is called now
   */
  public String path() {
    return open.path();
  }

  /**
   * The file's size when it was opened.
   *
   * @return bytes
   */
  public long size() {
    return open.response().endOfFile();
  }

  /**
   * Whether the file can be used.
   *
   * @return false after it, its share, its session or its connection was closed
   */
  public boolean isOpen() {
    return open.isOpen();
  }

  /**
   * Closes the file.
   *
   * @return completes when the server has answered
   */
  public CompletableFuture<Void> close() {
    return Published.of(closeNow(), done -> done, done -> {}, executor);
  }

  Call<SrvRequestResumeKeyResponse> requestResumeKeyNow(int maxOutput) {
    checkTransactSize("maxOutput", maxOutput);
    return open.ioctl(new SrvRequestResumeKey(maxOutput));
  }

  Call<IoctlAnswer<Octets>> ioctlNow(int controlCode, ByteBuffer input, int maxOutput) {
    checkTransactSize("input", input.remaining());
    checkTransactSize("maxOutput", maxOutput);
    return open.control(new RawFsctl(controlCode, Octets.copyOf(input), maxOutput));
  }

  CompletableFuture<Void> closeNow() {
    return open.close();
  }

  ResumeKey key(SrvRequestResumeKeyResponse response) {
    return ResumeKey.issued(open, response);
  }

  static IoctlResult result(IoctlAnswer<Octets> answer) {
    return new IoctlResult(answer.status(), answer.value());
  }

  EventLoop eventLoop() {
    return open.tree().session().connection().eventLoop();
  }

  private void checkTransactSize(String what, int bytes) {
    if (!open.isOpen()) {
      return; // the operation says so itself
    }
    long max = open.tree().session().maxTransactSize();
    if (bytes < 0 || bytes > max) {
      throw new IllegalArgumentException(
          what + ": " + bytes + " bytes (expected: 0.." + max + ", the server's MaxTransactSize)");
    }
  }

  /** The file. */
  @Override
  public String toString() {
    return PrintableText.of(path());
  }
}
