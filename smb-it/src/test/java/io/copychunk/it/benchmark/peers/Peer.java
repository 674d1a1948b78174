package io.copychunk.it.benchmark.peers;

import java.util.List;

/** A Java library, in a process of its own, logged in to one share. Paths have slashes. */
interface Peer extends AutoCloseable {
  /**
   * Opens files, gets their resume keys and closes them.
   *
   * @throws UnsupportedOperationException when it knows no resume keys
   */
  void keys(List<String> names, int count) throws Exception;

  /** Copies files, the directories of which are there. */
  void files(String from, String to, List<String> names) throws Exception;

  /** Copies a directory with all that is in it. */
  void tree(String from, String to, List<String> directories, List<String> files) throws Exception;
}
