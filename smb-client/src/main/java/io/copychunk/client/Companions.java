package io.copychunk.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Further sessions of one user, each on a connection of its own; they end with the first. Thread-safe. */
final class Companions {
  private final Supplier<CompletableFuture<AsyncSmbSession>> login;
  private final Map<Integer, CompletableFuture<AsyncSmbSession>> sessions = new HashMap<>();
  private boolean closed;

  /**
   * Creates none yet.
   *
   * @param login connects and logs in once more
   */
  Companions(Supplier<CompletableFuture<AsyncSmbSession>> login) {
    this.login = login;
  }

  /** A session by its number, which is made if there is none, or none that can be used. */
  synchronized CompletableFuture<AsyncSmbSession> get(int number) {
    CompletableFuture<AsyncSmbSession> known = sessions.get(number);
    if (known == null || hasEnded(known)) {
      known = login.get();
      sessions.put(number, known);
      if (closed) { // somebody was faster
        known.thenAccept(AsyncSmbSession::closeNow);
      }
    }
    return known.copy();
  }

  private static boolean hasEnded(CompletableFuture<AsyncSmbSession> session) {
    return session.isCompletedExceptionally()
        || (session.isDone() && !session.join().isOpen());
  }

  /** Logs off from all of them, those too that are being made. */
  void close() {
    List<CompletableFuture<AsyncSmbSession>> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(sessions.values());
    }
    all.forEach(each -> each.thenAccept(AsyncSmbSession::closeNow));
  }
}
