package io.copychunk.client;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.fscc.FileDispositionInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileRenameInformation;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.message.CreateOptions;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.PrintableText;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** A share that is connected to. Thread-safe. */
public final class SmbShare implements AutoCloseable {
  /** The most entries that {@link #list} keeps. */
  public static final int MAX_LISTED = 1_000_000;

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
   * The entries of a directory, all of them in memory and at most {@value #MAX_LISTED}; {@link
   * AsyncSmbFile#queryDirectory} gives them in pages, without end.
   *
   * @param path with slashes or backslashes, from the share's root; empty for the root
   * @return in the server's order, without those for the directory itself and the one above it
   * @throws SmbException when there is no such directory, or it may not be read; {@code
   *     SmbProtocolException} when the server lists more than that
   * @throws InterruptedIOException when interrupted
   * @throws java.nio.file.InvalidPathException when no directory can have this path
   */
  public List<FileIdBothDirectoryInformation> list(String path)
      throws SmbException, InterruptedIOException {
    List<FileIdBothDirectoryInformation> entries = new ArrayList<>();
    try (SmbFile directory = open(path, OpenOptions.directory())) {
      FileCalls asked = directory.async().calls();
      List<FileIdBothDirectoryInformation> page;
      while ((page = Waiting.forResult(asked.eventLoop(), () -> asked.queryDirectory("*", false)))
          != null) {
        entries.addAll(page);
        if (entries.size() > MAX_LISTED) {
          throw new SmbProtocolException(directory.path() + ": " + entries.size()
              + " entries, and no end (expected: <= " + MAX_LISTED + ")");
        }
      }
    }
    return entries;
  }

  /**
   * What a file or a directory is.
   *
   * @param path with slashes or backslashes, from the share's root; empty for the root
   * @return times, sizes and attributes
   * @throws SmbException when there is none, or it may not be looked at
   * @throws InterruptedIOException when interrupted
   * @throws java.nio.file.InvalidPathException when nothing can have this path
   */
  public FileNetworkOpenInformation stat(String path) throws SmbException, InterruptedIOException {
    try (SmbFile file = open(path, OpenOptions.attributes())) {
      return file.async().openedAs();
    }
  }

  /**
   * Makes a directory.
   *
   * @param path with slashes or backslashes, from the share's root
   * @throws SmbException such as OBJECT_NAME_COLLISION when the name is taken
   * @throws InterruptedIOException when interrupted
   * @throws java.nio.file.InvalidPathException when no directory can have this path
   */
  public void createDirectory(String path) throws SmbException, InterruptedIOException {
    open(path, OpenOptions.createDirectory()).close();
  }

  /**
   * Deletes a file, or a directory that is empty. It is gone when nobody has it open any more.
   *
   * @param path with slashes or backslashes, from the share's root
   * @throws SmbException such as DIRECTORY_NOT_EMPTY
   * @throws InterruptedIOException when interrupted
   * @throws java.nio.file.InvalidPathException when nothing can have this path
   */
  public void delete(String path) throws SmbException, InterruptedIOException {
    changeName(path, new FileDispositionInformation(true));
  }

  /**
   * Gives a file or a directory another name in this share.
   *
   * @param path with slashes or backslashes, from the share's root
   * @param newPath in the same form
   * @param replace whether a file that has the new name is replaced
   * @throws SmbException such as OBJECT_NAME_COLLISION when the name is taken
   * @throws InterruptedIOException when interrupted
   * @throws java.nio.file.InvalidPathException when nothing can have one of the paths
   */
  public void rename(String path, String newPath, boolean replace)
      throws SmbException, InterruptedIOException {
    changeName(path, new FileRenameInformation(replace, SharePath.inside(newPath)));
  }

  private void changeName(String path, SettableInformation change)
      throws SmbException, InterruptedIOException {
    OpenOptions options = OpenOptions.attributes()
        .withFurtherAccess(AccessMask.DELETE)
        .withCreateOptions(CreateOptions.OPEN_REPARSE_POINT);
    FileCalls file = open(path, options).async().calls();
    Waiting.forResult(file.eventLoop(), () -> file.setAndClose(change));
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
