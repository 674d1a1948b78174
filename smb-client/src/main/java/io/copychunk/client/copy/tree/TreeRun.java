package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.CopyTask;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.Preserve;
import io.copychunk.client.copy.TemporaryName;
import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.tree.Directory.Work;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.wire.NtStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The copy of one tree. Directories are read ahead of the files, the deepest first, and no more of them
 * than keep the files coming; files are under way as many as the window allows. What is to be done next
 * is decided under a lock, and begun outside of it.
 */
final class TreeRun {
  /** So many directories are read at a time; more only where a tree is deeper. */
  private static final int MAX_BEING_READ = 64;

  /** So many entries are ready, and no more directories are read. */
  private static final int MAX_READY = 8192;

  /** From so many files on, names that are for a time only go to a directory of their own. */
  private static final int LARGE_DIRECTORY = 128;

  /** A file for which the server is short of something is tried no more than that often. */
  private static final int MAX_TRIES = 5;

  private static final long PAUSE_MILLIS = 100;
  private static final long CLEANUP_SECONDS = 10;
  private static final long NANOS_BETWEEN_PROGRESS = 100_000_000;

  private static final Set<NtStatus> PRESSURE = Set.of(
      NtStatus.INSUFFICIENT_RESOURCES,
      NtStatus.INSUFF_SERVER_RESOURCES,
      NtStatus.TOO_MANY_OPENED_FILES);

  private final CopyEngine engine;
  private final FileLocation source;
  private final FileLocation target;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final Told told;
  private final TreeTally tally = new TreeTally();
  private final FileWindow window;
  private final CompletableFuture<TreeProgress> result = new CompletableFuture<>();

  /** Directories that are read, or have entries that are not begun; the deepest last. */
  private final List<Directory> beingRead = new ArrayList<>();

  /** All directories that were begun and have not been left. */
  private final Set<Directory> entered = new LinkedHashSet<>();

  private final List<Directory> done = new ArrayList<>();
  private final Set<CopyTask> copies = new HashSet<>();
  private int underWay;
  private boolean pumping;
  private boolean again;
  private boolean walked;
  private boolean cleanedUp;
  private boolean ended;
  private long targetRootId;
  private long lastProgress = System.nanoTime();
  private @Nullable Throwable failure;

  TreeRun(CopyEngine engine, FileLocation source, FileLocation target, TreeOptions options) {
    this.engine = engine;
    this.source = onEventLoop(source);
    this.target = onEventLoop(target);
    this.requests = new DirectoryRequests(this.source, this.target);
    this.options = options;
    this.window = new FileWindow(options.maxFiles());
    this.told =
        new Told(options.listener(), new Callbacks(source.share().callbackExecutor()), this::pump);
  }

  private static FileLocation onEventLoop(FileLocation location) {
    return new FileLocation(location.share().withCallbackExecutor(Runnable::run), location.path());
  }

  CompletableFuture<TreeProgress> result() {
    return result;
  }

  synchronized TreeProgress progress() {
    return tally.snapshot(walked);
  }

  void start() {
    if (isNested()) {
      stop(new SmbCopyException(
          Reason.SAME_FILE, source + ": would be copied into itself, as " + target));
      pump();
      return;
    }
    Directory root = new Directory(null, "", null);
    enter(root);
    perform(
        () -> options.dryRun() ? requests.openOnly("") : requests.open("", false),
        opened -> {
          synchronized (this) {
            root.basics = basics(opened.listing().openedAs());
            targetRootId = idOf(opened.made());
          }
          opened(root, opened);
        },
        this::stop);
  }

  private boolean isNested() {
    return isSameServer() && prefix(target).startsWith(prefix(source));
  }

  private boolean isSameServer() {
    return source.share().session() == target.share().session();
  }

  private static String prefix(FileLocation location) {
    return location.toString().toUpperCase(Locale.ROOT).replaceFirst("\\\\+$", "") + "\\";
  }

  /** By which the target would be found in the source; 0 when it can not be. */
  private long idOf(@Nullable AsyncSmbFile made) {
    OnDiskId id = made == null ? null : made.onDiskId();
    return id == null || !isSameServer() ? 0 : id.diskFileId();
  }

  void cancel() {
    stop(new CancellationException("the copy was cancelled"));
    pump();
  }

  /** The first cause counts; it ends what is under way. */
  private void stop(Throwable cause) {
    List<CopyTask> stopped;
    synchronized (this) {
      if (failure != null || ended) {
        return;
      }
      failure = cause;
      stopped = List.copyOf(copies);
    }
    stopped.forEach(CopyTask::cancel);
  }

  // What comes next

  /** Begins what can be begun. What is begun may be done at once, so this does not call itself. */
  private void pump() {
    synchronized (this) {
      if (pumping) {
        again = true;
        return;
      }
      pumping = true;
    }
    while (true) {
      Runnable step;
      synchronized (this) {
        step = nextStep();
        if (step == null && !again) {
          pumping = false;
          return;
        }
        again = false;
      }
      if (step != null) {
        step.run();
      }
    }
  }

  private @Nullable Runnable nextStep() {
    if (failure != null) {
      return underWay == 0 && copies.isEmpty() && !ended ? nextOfTheEnd(failure) : null;
    }
    if (told.isBehind()) {
      return null;
    }
    if (!done.isEmpty()) {
      Directory directory = done.remove(done.size() - 1);
      return () -> finish(directory);
    }
    Runnable reading = nextPage();
    Runnable next = reading == null ? nextDirectory() : reading;
    return next == null ? nextFile() : next;
  }

  private Runnable nextOfTheEnd(Throwable cause) {
    if (!cleanedUp) {
      cleanedUp = true;
      return this::cleanUp;
    }
    ended = true;
    return () -> told.thenFail(result, cause);
  }

  private @Nullable Runnable nextPage() {
    for (int i = beingRead.size() - 1; i >= 0; i--) {
      Directory directory = beingRead.get(i);
      if (directory.wantsPage()) {
        directory.isLoading = true;
        return () -> readOn(directory);
      }
    }
    return null;
  }

  private @Nullable Runnable nextDirectory() {
    int ready = 0;
    boolean filesAreComing = false;
    for (Directory each : beingRead) {
      ready += each.ready();
      filesAreComing |= each.givesFiles();
    }
    if (filesAreComing && (beingRead.size() >= MAX_BEING_READ || ready >= MAX_READY)) {
      return null;
    }
    for (int i = beingRead.size() - 1; i >= 0; i--) {
      Directory parent = beingRead.get(i);
      FileIdBothDirectoryInformation entry = parent.directories.poll();
      if (entry != null) {
        parent.underWay++;
        Directory child = new Directory(parent, parent.pathOf(entry.fileName()), basics(entry));
        enter(child);
        settle(parent);
        return () -> open(child);
      }
    }
    return null;
  }

  private @Nullable Runnable nextFile() {
    if (!window.isOpen()) {
      return null;
    }
    for (int i = beingRead.size() - 1; i >= 0; i--) {
      Directory directory = beingRead.get(i);
      Work work = directory.files.poll();
      if (work != null) {
        directory.underWay++;
        window.begun(work.size());
        settle(directory);
        return () -> copy(directory, work);
      }
    }
    return null;
  }

  // Directories

  private synchronized void enter(Directory directory) {
    entered.add(directory);
    beingRead.add(directory);
  }

  private void open(Directory directory) {
    perform(
        () -> options.dryRun()
            ? requests.openOnly(directory.path)
            : requests.open(directory.path, true),
        opened -> opened(directory, opened),
        cause -> {
          failed(directory.path, cause);
          synchronized (this) {
            beingRead.remove(directory);
            leave(directory);
          }
        });
  }

  private void opened(Directory directory, DirectoryRequests.Opened opened) {
    synchronized (this) {
      directory.isNew = opened.made() != null && opened.made().wasCreated();
      directory.listing = opened.listing();
    }
    read(directory, opened.page());
  }

  private void readOn(Directory directory) {
    AsyncSmbFile listing = directory.listing;
    if (listing == null) {
      throw new IllegalStateException("it is not open");
    }
    perform(() -> requests.next(listing), page -> read(directory, page), cause -> {
      failed(directory.path, cause);
      read(directory, null);
    });
  }

  /** Takes over what was read; null is the end. */
  private void read(Directory directory, @Nullable List<FileIdBothDirectoryInformation> page) {
    if (page != null) {
      page.forEach(entry -> found(directory, entry));
    }
    AsyncSmbFile closed;
    boolean apart;
    synchronized (this) {
      directory.isLoading = false;
      closed = page == null ? directory.listing : null;
      directory.listing = page == null ? null : directory.listing;
      apart = directory.found >= LARGE_DIRECTORY
          && !directory.hasAskedForTemporary
          && !options.files().inPlace()
          && !options.dryRun();
      if (apart) {
        directory.hasAskedForTemporary = true;
        directory.underWay++;
      }
      settle(directory);
    }
    if (closed != null) {
      perform(closed::close, nothing -> {}, harmless -> {});
    }
    if (apart) {
      makeTemporary(directory);
    }
  }

  private void found(Directory directory, FileIdBothDirectoryInformation entry) {
    String path = directory.pathOf(entry.fileName());
    FileAttributes attributes = entry.fileAttributes();
    if (!options.filter().test(path, entry)) {
      return;
    }
    if (attributes.isReparsePoint()
        && (attributes.isDirectory() || options.links() == Links.SKIP)) {
      skipped(path, "it is a link");
    } else if (!attributes.isDirectory()) {
      synchronized (this) {
        tally.found(entry.endOfFile());
        directory.found++;
        directory.files.add(new Work(entry, 0));
      }
    } else if (entry.fileId() != 0 && entry.fileId() == targetRootId) {
      skipped(path, "it is where the tree is copied to");
    } else {
      synchronized (this) {
        directory.directories.add(entry);
      }
    }
  }

  /** Where it can not be made, temporary names are beside the final ones. */
  private void makeTemporary(Directory directory) {
    FileLocation temporary = requests.target(directory.path).child(TemporaryName.random());
    perform(
        () -> requests.makeTemporary(temporary),
        made -> {
          synchronized (this) {
            directory.temporaryDirectory = temporary.path();
            directory.howFilesAre = null;
            ended(directory);
          }
        },
        harmless -> {
          synchronized (this) {
            ended(directory);
          }
        });
  }

  /** Something of a directory has ended. */
  private void ended(Directory directory) {
    directory.underWay--;
    settle(directory);
  }

  /** A directory whose entries are all begun is not read any more; one without work left is done. */
  private void settle(Directory directory) {
    if (directory.isRead() && beingRead.remove(directory)) {
      walked |= beingRead.isEmpty();
    }
    if (directory.isRead() && directory.underWay == 0 && failure == null) {
      done.add(directory);
    }
  }

  /** Last of all, for what is made in a directory changes its times. */
  private void finish(Directory directory) {
    Runnable left = () -> {
      told.tell(listener -> listener.finished(directory.path));
      synchronized (this) {
        tally.finished();
        leave(directory);
      }
    };
    perform(() -> last(directory), nothing -> left.run(), cause -> {
      failed(directory.path, cause);
      left.run();
    });
  }

  private CompletableFuture<Void> last(Directory directory) {
    FileBasicInformation basics = options.dryRun() ? null : directory.basics;
    return Futures.compose(
        removeTemporary(directory),
        (removed, notRemoved) -> Futures.compose(
            basics == null ? Futures.done() : requests.set(directory.path, basics),
            (set, notSet) -> notRemoved == null && notSet == null
                ? Futures.done()
                : CompletableFuture.failedFuture(notRemoved == null ? notSet : notRemoved)));
  }

  private CompletableFuture<Void> removeTemporary(Directory directory) {
    String temporary = directory.temporaryDirectory;
    return temporary == null
        ? Futures.done()
        : requests.removeTemporary(new FileLocation(target.share(), temporary));
  }

  private void leave(Directory directory) {
    entered.remove(directory);
    if (directory.parent != null) {
      ended(directory.parent);
    } else {
      ended = true;
      told.thenComplete(result, tally.snapshot(true));
    }
  }

  /** What is left of directories when the copy was stopped. */
  private void cleanUp() {
    List<CompletableFuture<?>> all = new ArrayList<>();
    synchronized (this) {
      for (Directory directory : entered) {
        if (directory.listing != null) {
          all.add(directory.listing.close());
        }
        all.add(removeTemporary(directory));
      }
    }
    CompletableFuture<Void> cleaned = Futures.all(all.toArray(CompletableFuture[]::new));
    perform(() -> cleaned.orTimeout(CLEANUP_SECONDS, TimeUnit.SECONDS), nothing -> {}, told -> {});
  }

  // Files

  private void copy(Directory directory, Work work) {
    String path = directory.pathOf(work.entry().fileName());
    boolean replaces = options.files().replace();
    if (directory.isNew || !(options.update() || (options.dryRun() && !replaces))) {
      begin(directory, work, path);
      return;
    }
    perform(
        () -> requests.lookAt(path),
        existing -> {
          if (existing != null && options.update() && isNotOlder(existing, work)) {
            skipped(path, "not older");
            ended(directory, work);
          } else if (existing != null && !replaces) {
            skipped(path, "exists already");
            ended(directory, work);
          } else {
            begin(directory, work, path);
          }
        },
        cause -> {
          failed(path, cause);
          ended(directory, work);
        });
  }

  private static boolean isNotOlder(FileNetworkOpenInformation existing, Work work) {
    return existing.lastWriteTime() >= work.entry().lastWriteTime();
  }

  private void begin(Directory directory, Work work, String path) {
    if (options.dryRun()) {
      told.tell(listener -> listener.wouldCopy(path, work.size()));
      ended(directory, work);
      return;
    }
    CopyTask task;
    try {
      task = engine.start(requests.source(path), requests.target(path), how(directory));
    } catch (IllegalArgumentException e) { // a name that no file can have
      failed(path, e);
      ended(directory, work);
      return;
    }
    boolean stopped;
    synchronized (this) {
      copies.add(task);
      stopped = failure != null;
    }
    if (stopped) {
      task.cancel();
    }
    task.result().whenComplete((copied, cause) -> {
      synchronized (this) {
        copies.remove(task);
      }
      copied(directory, work, path, copied, cause == null ? null : Futures.root(cause));
      pump();
    });
  }

  private synchronized CopyOptions how(Directory directory) {
    CopyOptions how = directory.howFilesAre;
    if (how == null) {
      how = options.files().toBuilder()
          .progress(CopyOptions.NOBODY)
          .assumeNew(directory.isNew)
          .temporaryDirectory(directory.temporaryDirectory)
          .build();
      directory.howFilesAre = how;
    }
    return how;
  }

  private void copied(
      Directory directory,
      Work work,
      String path,
      @Nullable CopyResult copied,
      @Nullable Throwable cause) {
    if (copied != null) {
      synchronized (this) {
        tally.copied(copied);
      }
      told.tell(listener -> listener.copied(path, copied));
    } else if (isPressure(cause) && work.tries() < MAX_TRIES) {
      tryAgain(directory, work);
      return;
    } else if (isFatal(cause)) {
      stop(cause);
    } else if (isTaken(cause) && !options.files().replace()) {
      skipped(path, "exists already");
    } else {
      failed(path, cause);
    }
    ended(directory, work);
  }

  private static boolean isPressure(@Nullable Throwable cause) {
    return cause instanceof SmbBusyException
        || (cause instanceof SmbStatusException refused && PRESSURE.contains(refused.status()));
  }

  private static boolean isTaken(@Nullable Throwable cause) {
    return cause instanceof SmbCopyException refused && refused.reason() == Reason.TARGET_EXISTS;
  }

  /** It keeps its place among those under way until it is tried again. */
  private void tryAgain(Directory directory, Work work) {
    synchronized (this) {
      window.pressed();
      underWay++;
    }
    CompletableFuture.delayedExecutor(PAUSE_MILLIS << work.tries(), TimeUnit.MILLISECONDS)
        .execute(() -> {
          synchronized (this) {
            underWay--;
            if (!beingRead.contains(directory)) {
              beingRead.add(directory);
            }
            directory.files.addFirst(new Work(work.entry(), work.tries() + 1));
            window.ended(work.size());
            directory.underWay--;
          }
          pump();
        });
  }

  private void ended(Directory directory, Work work) {
    TreeProgress progress = null;
    synchronized (this) {
      window.ended(work.size());
      ended(directory);
      long now = System.nanoTime();
      if (now - lastProgress >= NANOS_BETWEEN_PROGRESS) {
        lastProgress = now;
        progress = tally.snapshot(walked);
      }
    }
    if (progress != null) {
      TreeProgress told = progress;
      this.told.tell(listener -> listener.progress(told));
    }
  }

  // Common to both

  /** Does something; what a failure means to all the rest is seen to here. */
  private <T> void perform(
      Supplier<CompletableFuture<T>> work, Consumer<T> then, Consumer<Throwable> otherwise) {
    synchronized (this) {
      underWay++;
    }
    CompletableFuture<T> begun;
    try {
      begun = work.get();
    } catch (RuntimeException e) { // such as a name that nothing can have
      begun = CompletableFuture.failedFuture(e);
    }
    begun.whenComplete((value, cause) -> {
      if (cause == null) {
        then.accept(value);
      } else if (isFatal(Futures.root(cause))) {
        stop(Futures.root(cause));
      } else {
        otherwise.accept(Futures.root(cause));
      }
      synchronized (this) {
        underWay--;
      }
      pump();
    });
  }

  /** Whether nothing else can be done either. */
  private boolean isFatal(@Nullable Throwable cause) {
    boolean isOurs = cause instanceof SmbException || cause instanceof IllegalArgumentException;
    return !isOurs
        || (cause instanceof SmbException failed && failed.scope() != SmbException.Scope.REQUEST)
        || !source.share().isOpen()
        || !target.share().isOpen();
  }

  private void failed(String path, @Nullable Throwable cause) {
    synchronized (this) {
      tally.failed();
    }
    told.tell(listener -> listener.failed(path, cause));
  }

  private void skipped(String path, String why) {
    synchronized (this) {
      tally.skipped();
    }
    told.tell(listener -> listener.skipped(path, why));
  }

  private @Nullable FileBasicInformation basics(FileIdBothDirectoryInformation entry) {
    return basics(
        entry.creationTime(),
        entry.lastAccessTime(),
        entry.lastWriteTime(),
        entry.fileAttributes());
  }

  private @Nullable FileBasicInformation basics(FileNetworkOpenInformation opened) {
    return basics(
        opened.creationTime(),
        opened.lastAccessTime(),
        opened.lastWriteTime(),
        opened.fileAttributes());
  }

  private @Nullable FileBasicInformation basics(
      long created, long accessed, long written, FileAttributes attributes) {
    boolean times = options.files().preserve().contains(Preserve.TIMES);
    boolean all = options.files().preserve().contains(Preserve.ATTRIBUTES);
    return times || all
        ? new FileBasicInformation(
            times ? created : 0,
            times ? accessed : 0,
            times ? written : 0,
            0,
            all ? attributes.settable() : FileAttributes.NONE)
        : null;
  }
}
