package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.internal.Fingerprint;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is remembered of directories while they are copied, in bounded room. */
final class Remembered {
  /** So many names at a time, in 16 to 64 bytes each. */
  private static final int MAX_NAMES = 1 << 20;

  private final TreeRun run;
  private final DirectoryRequests requests;
  private final Fingerprint fingerprint = Fingerprint.random();
  private final Room room = new Room(MAX_NAMES);

  Remembered(TreeRun run, DirectoryRequests requests) {
    this.run = run;
    this.requests = requests;
  }

  /** For the names of a directory of the source. */
  Names names() {
    return new Names(fingerprint, room);
  }

  /**
   * Lists a directory of the target. Comes to null where there is too much in it, or it can not be
   * listed: then one has to look at each file.
   */
  CompletableFuture<@Nullable Counterparts> counterparts(String path) {
    Counterparts found = new Counterparts(fingerprint, room);
    return Futures.compose(requests.openTarget(path), (there, failure) -> {
      if (failure != null) {
        return CompletableFuture.completedFuture(
            DirectoryRequests.isNothingThere(failure) ? found : null);
      }
      return Futures.compose(
          readAll(found, there),
          (read, notRead) -> Futures.compose(
              there.listing().close(),
              (closed, harmless) -> CompletableFuture.completedFuture(kept(found, notRead))));
    });
  }

  private @Nullable Counterparts kept(Counterparts found, @Nullable Throwable notRead) {
    if (notRead == null) {
      return found;
    }
    synchronized (run) {
      found.close();
    }
    return null;
  }

  private CompletableFuture<Void> readAll(Counterparts found, DirectoryRequests.Opened there) {
    if (there.page() == null) {
      return Futures.done();
    }
    add(found, there.page());
    return Futures.repeat(() -> Futures.then(requests.next(there.listing()), page -> {
      if (page != null) {
        add(found, page);
      }
      return CompletableFuture.completedFuture(page != null);
    }));
  }

  private void add(Counterparts found, List<FileIdBothDirectoryInformation> page) {
    synchronized (run) {
      found.add(page);
    }
  }
}
