package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyMethod;
import java.time.Duration;
import java.util.Map;

/**
 * How far the copy of a tree is.
 *
 * @param files that were copied
 * @param directories that are done
 * @param bytes of the files that were copied, and what is copied of large ones under way
 * @param methods the bytes that each method has copied; a method that copied nothing is missing
 * @param skipped what was left out on purpose
 * @param failed what could not be copied
 * @param removed files and directories of the target that the source has not
 * @param knownFiles files that were found so far, those that are copied among them
 * @param knownBytes their bytes
 * @param walked whether all of the tree was found
 * @param elapsed since the copy began
 */
public record TreeProgress(
    long files,
    long directories,
    long bytes,
    Map<CopyMethod, Long> methods,
    long skipped,
    long failed,
    long removed,
    long knownFiles,
    long knownBytes,
    boolean walked,
    Duration elapsed) {
  /** Copies the map. */
  public TreeProgress {
    methods = Map.copyOf(methods);
  }
}
