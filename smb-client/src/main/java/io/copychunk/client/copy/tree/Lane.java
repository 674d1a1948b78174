package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.internal.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A connection, or one to each of two servers, by which files of a tree go. Guarded by its run. */
final class Lane {
  private final FileLocation source;
  private final FileLocation target;
  private int underWay;

  Lane(FileLocation source, FileLocation target) {
    this.source = source;
    this.target = target;
  }

  /** Opens the same shares on a companion of their sessions. */
  CompletableFuture<Lane> companion(int number) {
    CompletableFuture<AsyncSmbShare> from = share(source.share(), number);
    CompletableFuture<AsyncSmbShare> to =
        source.share().equals(target.share()) ? from : share(target.share(), number);
    return Futures.compose(Futures.all(from, to), (both, failure) -> {
      if (failure == null) {
        return CompletableFuture.completedFuture(new Lane(
            new FileLocation(from.join(), source.path()),
            new FileLocation(to.join(), target.path())));
      }
      from.thenAccept(AsyncSmbShare::close);
      to.thenAccept(AsyncSmbShare::close);
      return CompletableFuture.failedFuture(failure);
    });
  }

  private static CompletableFuture<AsyncSmbShare> share(AsyncSmbShare share, int number) {
    String name = share.path().substring(share.path().lastIndexOf('\\') + 1);
    return Futures.then(share.session().companion(number), companion -> companion.share(name))
        .thenApply(opened -> opened.withCallbackExecutor(Runnable::run));
  }

  /** How many lanes the sessions may have. */
  int maxLanes() {
    AsyncSmbSession from = source.share().session();
    AsyncSmbSession to = target.share().session();
    return Math.min(from.maxConnections(), to.maxConnections());
  }

  /** The shortest round trip that there was to the farther of both servers. */
  Duration leastRoundTrip() {
    Duration from = source.share().session().leastRoundTrip();
    Duration to = target.share().session().leastRoundTrip();
    return from.compareTo(to) > 0 ? from : to;
  }

  FileLocation source(String path) {
    return path.isEmpty() ? source : source.child(path);
  }

  FileLocation target(String path) {
    return path.isEmpty() ? target : target.child(path);
  }

  boolean isOpen() {
    return source.share().isOpen() && target.share().isOpen();
  }

  int underWay() {
    return underWay;
  }

  void begun() {
    underWay++;
  }

  void ended() {
    underWay--;
  }

  CompletableFuture<Void> close() {
    return Futures.all(source.share().close(), target.share().close());
  }
}
