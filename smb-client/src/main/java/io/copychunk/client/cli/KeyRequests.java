package io.copychunk.client.cli;

import io.copychunk.client.KeyedOpen;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Asks for the keys of many files, a bounded number at a time, and tells of them in the order of the URLs. A file stays
 * open until its key was told. For one thread.
 */
final class KeyRequests {
  /** Is told of each URL in turn. */
  interface Listener {
    void succeeded(KeyReport report);

    void failed(SmbUrl url, Throwable failure);
  }

  private record Pending(SmbUrl url, CompletableFuture<Keyed> key) {}

  private record Keyed(KeyedOpen open, Servers.Connected connected) {}

  private static final int WINDOW = 256;

  private final Servers servers;
  private final Listener listener;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Deque<CompletableFuture<Void>> closing = new ArrayDeque<>();

  KeyRequests(Servers servers, Listener listener) {
    this.servers = servers;
    this.listener = listener;
  }

  /** Returns when all are told of and all files are closed. */
  void run(List<SmbUrl> urls) throws InterruptedException {
    Iterator<SmbUrl> next = urls.iterator();
    while (next.hasNext() || !pending.isEmpty()) {
      if (next.hasNext() && pending.size() < WINDOW) {
        SmbUrl url = next.next();
        pending.add(new Pending(url, request(url)));
      } else {
        tell(pending.remove());
      }
    }
    awaitClosed(0);
  }

  private CompletableFuture<Keyed> request(SmbUrl url) {
    try {
      return servers
          .share(url)
          .thenCompose(connected -> connected
              .share()
              .openWithResumeKey(url.path())
              .thenApply(open -> new Keyed(open, connected)));
    } catch (CommandException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void tell(Pending request) throws InterruptedException {
    Keyed keyed;
    try {
      keyed = request.key().get();
    } catch (ExecutionException e) {
      listener.failed(request.url(), e);
      return;
    }
    try {
      listener.succeeded(
          KeyReport.of(request.url(), keyed.open(), keyed.connected().security()));
    } catch (java.io.IOException e) {
      listener.failed(request.url(), e);
    } finally {
      closing.add(keyed.open().file().async().close());
      awaitClosed(WINDOW);
    }
  }

  /** A failing close is of no interest: the key was told. */
  private void awaitClosed(int limit) {
    while (closing.size() > limit) {
      closing.remove().exceptionally(failure -> null).join();
    }
  }
}
