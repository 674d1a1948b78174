package io.copychunk.client.internal.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that were sent and have no final answer yet, by MessageId (3.2.1.2
 * OutstandingRequests). Requests that were given up stay until they are answered. Confined to the
 * event loop.
 */
final class OutstandingRequests {
  /** Not a map with open addressing: ids are consecutive, and would pile up in one place there. */
  private final Map<Long, PendingRequest<?>> byMessageId = new HashMap<>();

  void add(PendingRequest<?> request) {
    byMessageId.put(request.messageId(), request);
  }

  @Nullable
  PendingRequest<?> find(long messageId) {
    return byMessageId.get(messageId);
  }

  void remove(PendingRequest<?> request) {
    byMessageId.remove(request.messageId());
  }

  int size() {
    return byMessageId.size();
  }

  boolean isEmpty() {
    return byMessageId.isEmpty();
  }

  boolean hasAnyOf(long sessionId) {
    return byMessageId.values().stream()
        .anyMatch(request -> request.scope().sessionId() == sessionId);
  }

  /** Those that were not given up yet and of which nothing was heard since {@code before}. */
  List<PendingRequest<?>> silentSince(long before) {
    List<PendingRequest<?>> silent = new ArrayList<>();
    for (PendingRequest<?> request : byMessageId.values()) {
      if (!request.isAbandoned() && request.lastHeard() - before < 0) {
        silent.add(request);
      }
    }
    return silent;
  }

  /** Empties the collection. */
  List<PendingRequest<?>> drain() {
    List<PendingRequest<?>> all = new ArrayList<>(byMessageId.values());
    byMessageId.clear();
    return all;
  }
}
