package io.copychunk.client.copy;

import io.copychunk.client.copy.internal.Futures;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which volumes of a share have files with named streams; each is asked once. A share may have several,
 * for a directory may be the root of another one. Thread-safe.
 */
final class LearntVolumes {
  /** More than a share has; a server that makes them up is asked each time. */
  private static final int MAX_VOLUMES = 64;

  private final Map<Long, CompletableFuture<Boolean>> namedStreams = new ConcurrentHashMap<>();

  /**
   * Whether files of a volume may have named streams.
   *
   * @param volumeId tells it from the others
   * @param question asks the server, if that was not done before
   * @return true when the server can not be asked
   */
  CompletableFuture<Boolean> haveNamedStreams(
      long volumeId, Supplier<CompletableFuture<Boolean>> question) {
    CompletableFuture<Boolean> known = namedStreams.get(volumeId);
    if (known != null) {
      return known;
    }
    CompletableFuture<Boolean> asked = Futures.compose(question.get(), (answer, failure) -> {
      if (failure == null) {
        return CompletableFuture.completedFuture(answer);
      }
      namedStreams.remove(volumeId); // the next file may have better luck
      return CompletableFuture.completedFuture(true);
    });
    if (namedStreams.size() < MAX_VOLUMES && !asked.isDone()) {
      namedStreams.put(volumeId, asked);
    }
    return asked;
  }
}
