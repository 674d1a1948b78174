package io.copychunk.client.internal.connection;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were refused because their session has expired: they are held back while the session
 * is authenticated anew, and sent again, once (3.2.5.1.6). A session that is expired right after it
 * was renewed is not renewed any more, so no server can keep us logging in. Confined to the event
 * loop.
 */
final class ExpiredSessions {
  private final LongFunction<@Nullable SessionRenewal> renewals;
  private final Consumer<List<PendingRequest<?>>> resend;
  private final LongObjectMap<List<List<PendingRequest<?>>>> renewing = new LongObjectHashMap<>();
  private final Set<PendingRequest<?>> held = new HashSet<>();
  private final Set<Long> hopeless = new HashSet<>();

  /**
   * Creates the collection.
   *
   * @param renewals how each session is renewed
   * @param resend sends a chain again
   */
  ExpiredSessions(
      LongFunction<@Nullable SessionRenewal> renewals, Consumer<List<PendingRequest<?>>> resend) {
    this.renewals = renewals;
    this.resend = resend;
  }

  /**
   * Holds a request back if its session has expired and can be renewed. What is related to a request
   * that is held is held with it; once each of them is held or done, the session is renewed.
   *
   * @param request has just been answered, and is not outstanding any more
   * @param status of its answer
   * @return whether it is held; then it must not be completed
   */
  boolean hold(PendingRequest<?> request, NtStatus status) {
    if (status.isSuccess()) { // as nearly all are
      return false;
    }
    List<PendingRequest<?>> chain = request.chain();
    PendingRequest<?> first = chain.get(0);
    boolean holds = request == first
        ? status.equals(NtStatus.NETWORK_SESSION_EXPIRED) && isRenewable(request)
        : held.contains(first);
    if (!holds) {
      return false;
    }
    held.add(request);
    request.unsend();
    if (request == first) {
      // Each of the others may be answered in its own way, be given up, or never be answered at
      // all.
      chain.forEach(member -> member.whenComplete((reply, failure) -> renewWhenSettled(chain)));
    }
    renewWhenSettled(chain);
    return true;
  }

  private void renewWhenSettled(List<PendingRequest<?>> chain) {
    PendingRequest<?> first = chain.get(0);
    if (!held.contains(first)
        || !chain.stream().allMatch(member -> member.isDone() || held.contains(member))) {
      return;
    }
    chain.forEach(held::remove);
    List<PendingRequest<?>> unanswered =
        chain.stream().filter(member -> !member.isDone()).toList();
    if (first.isDone()) { // given up; what continues it has nothing to continue
      unanswered.forEach(member -> member.completeExceptionally(new SmbSessionExpiredException(
          member.command() + ": the session has expired, and what it belongs to was given up")));
      return;
    }
    renew(first.scope().sessionId(), unanswered);
  }

  /**
   * Forgets what is known of a session, for its id may be given out again.
   *
   * @param sessionId the session
   */
  void forget(long sessionId) {
    hopeless.remove(sessionId);
  }

  /** Empties the collection. */
  List<PendingRequest<?>> drain() {
    List<PendingRequest<?>> all = new ArrayList<>(held);
    renewing.values().forEach(chains -> chains.forEach(all::addAll));
    held.clear();
    renewing.clear();
    return all;
  }

  private boolean isRenewable(PendingRequest<?> request) {
    long sessionId = request.scope().sessionId();
    if (request.isReplayed()) {
      hopeless.add(sessionId);
    }
    return request.command() != Command.SESSION_SETUP
        && request.command() != Command.LOGOFF
        && !request.isAbandoned()
        && !hopeless.contains(sessionId)
        && renewals.apply(sessionId) != null;
  }

  private void renew(long sessionId, List<PendingRequest<?>> chain) {
    List<List<PendingRequest<?>>> waiting = renewing.get(sessionId);
    if (waiting != null) {
      waiting.add(chain);
      return;
    }
    SessionRenewal renewal = renewals.apply(sessionId);
    List<List<PendingRequest<?>>> chains = new ArrayList<>();
    chains.add(chain);
    renewing.put(sessionId, chains);
    if (renewal == null) {
      renewed(sessionId, new SmbSessionExpiredException("the session was closed"));
    } else {
      renewal.renew().whenComplete((done, failure) -> renewed(sessionId, failure));
    }
  }

  private void renewed(long sessionId, @Nullable Throwable failure) {
    List<List<PendingRequest<?>>> chains = renewing.remove(sessionId);
    if (chains == null) {
      return; // the connection has ended meanwhile
    }
    if (failure == null) {
      chains.forEach(resend);
      return;
    }
    Throwable cause = explained(failure);
    chains.forEach(chain -> chain.forEach(request -> request.completeExceptionally(cause)));
  }

  /** What ends the connection is told as it is. */
  private static Throwable explained(Throwable failure) {
    boolean fatal = failure instanceof SmbException e && e.scope() == SmbException.Scope.CONNECTION;
    return fatal
        ? failure
        : new SmbSessionExpiredException(
            "the session has expired, and logging in again failed: " + failure.getMessage(),
            failure);
  }
}
