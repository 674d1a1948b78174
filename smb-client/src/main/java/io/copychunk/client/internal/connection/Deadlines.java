package io.copychunk.client.internal.connection;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.message.EchoRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines by silence (3.2.6.1): of each request, and of the server as a whole. A server that has
 * answered nothing at all for that long is asked by ECHO whether it is there, for it may be slow; if
 * it does not answer that either, the connection is dead. Confined to the event loop.
 */
final class Deadlines {
  private static final long LONGEST_TICK = TimeUnit.SECONDS.toNanos(1);

  private final Connection connection;
  private final OutstandingRequests outstanding;
  private final RequestSender sender;
  private final long timeout;
  private boolean scheduled;
  private long lastAnswer;
  private @Nullable PendingRequest<?> probe;

  Deadlines(
      Connection connection,
      OutstandingRequests outstanding,
      RequestSender sender,
      Duration timeout) {
    this.connection = connection;
    this.outstanding = outstanding;
    this.sender = sender;
    this.timeout = timeout.toNanos();
    this.lastAnswer = connection.now();
  }

  /** Notes that the server has answered something. */
  void answered(long now) {
    lastAnswer = now;
  }

  /** Keeps watch as long as anything is under way. */
  void watch() {
    if (!scheduled && !(outstanding.isEmpty() && sender.isIdle())) {
      scheduled = true;
      long tick = Math.max(1, Math.min(timeout / 8, LONGEST_TICK));
      connection.eventLoop().schedule(this::tick, tick, TimeUnit.NANOSECONDS);
    }
  }

  private void tick() {
    scheduled = false;
    if (connection.isClosed()) {
      return;
    }
    long before = connection.now() - timeout;
    boolean silent = lastAnswer - before < 0;
    List<PendingRequest<?>> unanswered = outstanding.silentSince(before);
    List<PendingRequest<?>> waiting = sender.waitingSince(before);
    if (silent && probe != null && (unanswered.contains(probe) || waiting.contains(probe))) {
      connection.fail(new SmbTimeoutException(
          connection + ": the server answers nothing any more, not even ECHO",
          SmbException.Scope.CONNECTION));
      return;
    }
    unanswered.forEach(request -> timeOut(request, "no answer"));
    waiting.forEach(
        request -> timeOut(request, "no credits to send it, or the server does not read,"));
    if (silent) {
      Stream.concat(unanswered.stream(), waiting.stream()).findFirst().ifPresent(this::probe);
    }
    connection.pump();
  }

  /** Asks whether the server is there that has answered nothing since a request was made. */
  private void probe(PendingRequest<?> late) {
    if (probe == null || probe.isDone()) {
      probe = connection.send(new PendingRequest<>(late.scope().withoutTree(), new EchoRequest()));
    }
  }

  private void timeOut(PendingRequest<?> request, String what) {
    connection.abandonNow(
        request,
        new SmbTimeoutException(connection
            + ": "
            + request.command()
            + ": "
            + what
            + " for "
            + TimeUnit.NANOSECONDS.toMillis(timeout)
            + " ms"));
  }
}
