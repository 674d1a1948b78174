package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.internal.Fingerprint;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.internal.LongTable;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The directories that paths of a list are in: made once each, and kept as long as further paths may be
 * in them, the last ones that were. Guarded by its run's lock, but for {@link #openNew}.
 */
final class KeptDirectories {
  /** So many are kept; then the one that was not needed for the longest time is let go. */
  static final int MAX_KEPT = 256;

  /** Of so many directories it is known that they are copied with all that is in them. */
  private static final int MAX_WHOLE = 1 << 16;

  private static final float LOAD_FACTOR = 0.75f;

  private final TreeRun run;
  private final Walk walk;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final Map<String, Kept> kept = new LinkedHashMap<>(MAX_KEPT, LOAD_FACTOR, true);
  private final List<Kept> notOpened = new ArrayList<>();
  private final Fingerprint fingerprint = Fingerprint.random();
  private final LongTable whole = new LongTable(0, 0);
  private final Kept root = new Kept(new Directory(null, "", null), null);

  private static final class Kept {
    private final Directory directory;
    private final @Nullable Kept parent;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private Kept(Directory directory, @Nullable Kept parent) {
      this.directory = directory;
      this.parent = parent;
      directory.isKept = true;
      directory.isLoading = false;
    }
  }

  KeptDirectories(TreeRun run, Walk walk, DirectoryRequests requests, TreeOptions options) {
    this.run = run;
    this.walk = walk;
    this.requests = requests;
    this.options = options;
  }

  /** The root, which is made at once. */
  CompletableFuture<Void> begin() {
    synchronized (run) {
      walk.keep(root.directory);
      notOpened.add(root);
    }
    openNew();
    return root.ready;
  }

  /** A directory; {@link #openNew} is to be called then, and it is to be waited for. */
  Directory keep(String path) {
    Directory directory = find(path).directory;
    Iterator<Kept> eldest = kept.values().iterator();
    while (kept.size() > MAX_KEPT) {
      Kept letGo = eldest.next();
      eldest.remove();
      release(letGo);
    }
    return directory;
  }

  private Kept find(String path) {
    if (path.isEmpty()) {
      return root;
    }
    Kept found = kept.get(path);
    Kept parent = find(ListedPath.parentOf(path)); // is needed as well, and later than this
    if (found != null) {
      return found;
    }
    Kept added = new Kept(new Directory(parent.directory, path, null), parent);
    parent.directory.underWay++;
    walk.keep(added.directory);
    kept.put(path, added);
    notOpened.add(added);
    return added;
  }

  /** Completes when files of a directory may be begun; fails when it can not be made. */
  CompletableFuture<Void> ready(Directory directory) {
    Kept found = directory.parent == null ? root : kept.get(directory.path);
    return found == null ? Futures.done() : found.ready;
  }

  /** Makes what has come to be kept. Not under the lock. */
  void openNew() {
    List<Kept> opened;
    synchronized (run) {
      opened = List.copyOf(notOpened);
      notOpened.clear();
    }
    for (Kept each : opened) {
      CompletableFuture<Void> above = each.parent == null ? Futures.done() : each.parent.ready;
      Futures.compose(Futures.then(above, nothing -> open(each.directory)), (done, failure) -> {
        if (failure == null) {
          each.ready.complete(null);
        } else {
          drop(each, failure);
        }
        return Futures.done();
      });
    }
  }

  private CompletableFuture<Void> open(Directory directory) {
    if (options.dryRun()) {
      return walk.kept(directory, false, null);
    }
    CompletableFuture<@Nullable FileIdBothDirectoryInformation> entry = walk.carriesBasics()
        ? Futures.then(
            requests.sourceEntry(directory.path), found -> CompletableFuture.completedFuture(found))
        : CompletableFuture.completedFuture(null);
    return Futures.then(
        requests.make(directory.path),
        made -> Futures.then(entry, found -> {
          if (directory.parent == null) {
            walk.entries().targetIs(made);
          }
          return walk.kept(directory, made.wasCreated(), found);
        }));
  }

  /** What is to be in it fails with it; it stays known for that as long as others would be kept. */
  private void drop(Kept failed, Throwable cause) {
    synchronized (run) {
      walk.drop(failed.directory);
    }
    failed.ready.completeExceptionally(cause);
  }

  private void release(Kept letGo) {
    if (!letGo.ready.isCompletedExceptionally()) {
      letGo.directory.isKept = false;
      letGo.directory.forgetNames();
      walk.settle(letGo.directory);
    }
  }

  /** The list is at its end. */
  void releaseAll() {
    kept.values().forEach(this::release);
    kept.clear();
    release(root);
  }

  /**
   * Notes that a directory is copied with all that is in it.
   *
   * @return whether something in it may be under way already
   */
  boolean whole(String path) {
    if (whole.size() < MAX_WHOLE) {
      whole.add(fingerprint.of(path));
    }
    return kept.keySet().stream()
        .anyMatch(each -> each.equals(path) || each.startsWith(path + "\\"));
  }

  /** Whether a path is in a directory that is copied with all that is in it. */
  boolean isInWhole(String path) {
    for (int end = path.indexOf('\\');
        whole.size() > 0 && end >= 0;
        end = path.indexOf('\\', end + 1)) {
      if (whole.contains(fingerprint.of(path.substring(0, end)))) {
        return true;
      }
    }
    return false;
  }
}
