package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an engine has learnt, as long as the sessions that it is about are open. Companions of a session
 * know what it knows. Thread-safe.
 */
final class Knowledge {
  private record Share(AsyncSmbSession session, String path) {
    static Share of(AsyncSmbShare share) {
      return new Share(share.session().origin(), share.path());
    }

    boolean isOpen() {
      return session.isOpen();
    }
  }

  private record Pair(Share source, Share target) {
    boolean isOpen() {
      return source.isOpen() && target.isOpen();
    }
  }

  private final Map<Pair, LearntMethods> methods = new ConcurrentHashMap<>();
  private final Map<AsyncSmbSession, LearntLimits> limits = new ConcurrentHashMap<>();
  private final Map<Share, LearntVolumes> volumes = new ConcurrentHashMap<>();

  /** What is known of the methods from one share to another. */
  LearntMethods methods(AsyncSmbShare source, AsyncSmbShare target) {
    Pair pair = new Pair(Share.of(source), Share.of(target));
    LearntMethods known = methods.get(pair);
    if (known != null) {
      return known;
    }
    methods.keySet().removeIf(other -> !other.isOpen());
    return methods.computeIfAbsent(pair, added -> new LearntMethods());
  }

  /** What is known of the volumes of a share. */
  LearntVolumes volumes(AsyncSmbShare share) {
    Share of = Share.of(share);
    LearntVolumes known = volumes.get(of);
    if (known != null) {
      return known;
    }
    volumes.keySet().removeIf(other -> !other.isOpen());
    return volumes.computeIfAbsent(of, added -> new LearntVolumes());
  }

  /** What is known of the limits of a server. */
  LearntLimits limits(AsyncSmbSession session) {
    AsyncSmbSession of = session.origin();
    LearntLimits known = limits.get(of);
    if (known != null) {
      return known;
    }
    limits.keySet().removeIf(other -> !other.isOpen());
    return limits.computeIfAbsent(of, added -> new LearntLimits());
  }
}
