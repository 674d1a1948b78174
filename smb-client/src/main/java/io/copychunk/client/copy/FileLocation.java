package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.SmbShare;

/**
 * Where a file is, or is to be.
 *
 * @param share the share, of whatever session
 * @param path from the share's root, with slashes or backslashes
 */
public record FileLocation(AsyncSmbShare share, String path) {
  /**
   * A file of a share.
   *
   * @param share the share
   * @param path from the share's root, with slashes or backslashes
   * @return the location
   */
  public static FileLocation of(SmbShare share, String path) {
    return new FileLocation(share.async(), path);
  }

  /** The same file, for callbacks that never block. */
  FileLocation onEventLoop() {
    return new FileLocation(share.withCallbackExecutor(Runnable::run), path);
  }

  /**
   * A file of this directory.
   *
   * @param name its name
   * @return the location
   */
  public FileLocation child(String name) {
    return new FileLocation(share, path.isEmpty() ? name : path + "\\" + name);
  }

  /** Another name in the same directory. */
  FileLocation sibling(String name) {
    int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    return new FileLocation(share, path.substring(0, end + 1) + name);
  }

  /** A stream of this file, such as {@code :name:$DATA}. */
  FileLocation stream(String name) {
    return new FileLocation(share, path + name);
  }

  /** Whether it is a stream of a file, and not a file. */
  boolean isStream() {
    return path.indexOf(':') >= 0;
  }

  /** The stream's name with its colons, empty for a file. */
  String streamPart() {
    return isStream() ? path.substring(path.indexOf(':')) : "";
  }

  /** The file as {@code \\host\share\path}. */
  @Override
  public String toString() {
    return share.path() + "\\" + path.replace('/', '\\');
  }
}
