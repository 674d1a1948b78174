package io.copychunk.client.copy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a copy has come to.
 *
 * @param source the file that was copied, as {@code \\host\share\path}
 * @param target where it was copied to, in the same form
 * @param size the size of the file in bytes, streams not counted
 * @param bytes the bytes that each method has copied, streams included; holes are not counted. A
 *     method that copied nothing is missing
 * @param fallbacks which methods could not, and why, in the order of the ladder
 * @param losses what could not be carried over
 * @param sha256 of both files, in hexadecimal, when they were compared in full, else null
 * @param sourceChanged whether the source has changed meanwhile, which only a copy that was told to
 *     bear it survives
 * @param elapsed from the first request to the last answer
 */
public record CopyResult(
    String source,
    String target,
    long size,
    Map<CopyMethod, Long> bytes,
    List<Fallback> fallbacks,
    List<Loss> losses,
    @Nullable String sha256,
    boolean sourceChanged,
    Duration elapsed) {
  /** Copies the collections. */
  public CopyResult {
    bytes = Map.copyOf(bytes);
    fallbacks = List.copyOf(fallbacks);
    losses = List.copyOf(losses);
  }

  /**
   * Whether no data went through the client.
   *
   * @return also true when there was no data
   */
  public boolean isServerSide() {
    return !bytes.containsKey(CopyMethod.STREAM);
  }
}
