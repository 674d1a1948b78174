package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an engine has learnt, as long as the shares and sessions that it is about are open. Thread-safe. */
final class Knowledge {
  private record Pair(AsyncSmbShare source, AsyncSmbShare target) {
    boolean isOpen() {
      return source.isOpen() && target.isOpen();
    }
  }

  private final Map<Pair, LearntMethods> methods = new ConcurrentHashMap<>();
  private final Map<AsyncSmbSession, LearntLimits> limits = new ConcurrentHashMap<>();
  private final Map<AsyncSmbShare, LearntVolumes> volumes = new ConcurrentHashMap<>();

  /** What is known of the methods from one share to another. */
  LearntMethods methods(AsyncSmbShare source, AsyncSmbShare target) {
    Pair pair = new Pair(source, target);
    LearntMethods known = methods.get(pair);
    if (known != null) {
      return known;
    }
    methods.keySet().removeIf(other -> !other.isOpen());
    return methods.computeIfAbsent(pair, added -> new LearntMethods());
  }

  /** What is known of the volumes of a share. */
  LearntVolumes volumes(AsyncSmbShare share) {
    LearntVolumes known = volumes.get(share);
    if (known != null) {
      return known;
    }
    volumes.keySet().removeIf(other -> !other.isOpen());
    return volumes.computeIfAbsent(share, added -> new LearntVolumes());
  }

  /** What is known of the limits of a server. */
  LearntLimits limits(AsyncSmbSession session) {
    LearntLimits known = limits.get(session);
    if (known != null) {
      return known;
    }
    limits.keySet().removeIf(other -> !other.isOpen());
    return limits.computeIfAbsent(session, added -> new LearntLimits());
  }
}
