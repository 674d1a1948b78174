package io.copychunk.client.internal.connection;

import io.copychunk.client.internal.transport.SessionCiphers;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a connection that have keys (3.2.1.2 SessionTable). One that has ended stays until
 * all that was asked in its name is answered, for late answers have to be verified too. Confined to
 * the event loop.
 */
final class SessionTable {
  private final LongPredicate inUse;
  private final LongObjectMap<Entry> sessions = new LongObjectHashMap<>();
  private final Set<Long> retiring = new HashSet<>();

  private record Entry(SessionCiphers ciphers, SessionRenewal renewal) {}

  /**
   * Creates an empty table.
   *
   * @param inUse whether something that was asked in the name of a session is not answered yet
   */
  SessionTable(LongPredicate inUse) {
    this.inUse = inUse;
  }

  /** What protects the messages of a session, or null when it has no key or is not known. */
  @Nullable
  SessionCiphers ciphers(long sessionId) {
    Entry session = sessions.get(sessionId);
    return session == null ? null : session.ciphers();
  }

  /** How a session is authenticated anew, or null when it has no key, has ended or is not known. */
  @Nullable
  SessionRenewal renewal(long sessionId) {
    Entry session = sessions.get(sessionId);
    return session == null || retiring.contains(sessionId) ? null : session.renewal();
  }

  /**
   * Adds a session.
   *
   * @return false when there is one of this id that has not ended; nothing is changed then
   */
  boolean add(long sessionId, SessionCiphers ciphers, SessionRenewal renewal) {
    if (renewal(sessionId) != null) {
      return false;
    }
    retiring.remove(sessionId);
    sessions.put(sessionId, new Entry(ciphers, renewal));
    return true;
  }

  /** Removes a session, at once or when all is answered. */
  void retire(long sessionId) {
    if (sessions.containsKey(sessionId)) {
      retiring.add(sessionId);
      removeRetired();
    }
  }

  /** Removes those that have ended and of which nothing is left. */
  void removeRetired() {
    if (!retiring.isEmpty()) {
      retiring.removeIf(id -> {
        boolean idle = !inUse.test(id);
        if (idle) {
          sessions.remove(id);
        }
        return idle;
      });
    }
  }

  /** Forgets all keys. */
  void clear() {
    sessions.clear();
    retiring.clear();
  }
}
