package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.Preserve;
import io.copychunk.client.copy.internal.Basics;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.tree.Directory.Waiting;
import io.copychunk.client.copy.tree.Directory.Work;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a tree: read ahead of the files, the deepest first, and no more of them than keep
 * the files coming; made on the other side, and finished when all that is in them is. Guarded by its
 * run's lock, but for what begins something.
 */
final class Walk {
  /** So many directories are read at a time; more only where a tree is deeper. */
  private static final int MAX_BEING_READ = 64;

  /** So many entries are ready, and no more directories are read. */
  private static final int MAX_READY = 8192;

  /** So many entries that are in doubt are looked at a time. */
  private static final int MAX_LOOKS = 64;

  private static final long CLEANUP_SECONDS = 10;

  private final TreeRun run;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final TreeTally tally;
  private final Selection selection;
  private final Remembered remembered;
  private final Entries entries;
  private final Temporaries temporaries;
  private final Basics basics;

  /** Directories that are read, or have entries that are not begun; the deepest last. */
  private final List<Directory> beingRead = new ArrayList<>();

  /** All directories that were begun and have not been left. */
  private final Set<Directory> entered = new LinkedHashSet<>();

  /** Directories all of whose entries are done. */
  private final List<Directory> done = new ArrayList<>();

  /** Entries that are being looked at. */
  private int looks;

  private final PageSizes pages = new PageSizes();

  /** Whether a list may have further paths. */
  boolean isFed;

  Walk(
      TreeRun run,
      FileLocation source,
      FileLocation target,
      TreeOptions options,
      TreeTally tally,
      FileWindow window) {
    this.run = run;
    this.requests = new DirectoryRequests(source, target);
    this.options = options;
    this.tally = tally;
    this.selection = new Selection(options);
    this.remembered = new Remembered(run, requests);
    this.entries = new Entries(run, this, requests, options, tally);
    this.temporaries = new Temporaries(run, this, requests, options, tally, window);
    this.basics = new Basics(
        options.files().preserve().contains(Preserve.TIMES),
        options.files().preserve().contains(Preserve.ATTRIBUTES));
  }

  /** Begins with the root of the tree. */
  void start() {
    temporaries.removeWhatWasLeft();
    Directory root = new Directory(null, "", null);
    synchronized (run) {
      enter(root);
    }
    run.perform(
        () -> options.dryRun() ? requests.openOnly("") : requests.open(""),
        opened -> {
          synchronized (run) {
            root.basics = basics.of(opened.listing().openedAs());
          }
          entries.targetIs(opened.made());
          opened(root, opened);
        },
        run::stop);
  }

  /** What becomes of entries. */
  Entries entries() {
    return entries;
  }

  /** Directories for temporary names. */
  Temporaries temporaries() {
    return temporaries;
  }

  /** Whether a directory gets something of its source in the end. */
  boolean carriesBasics() {
    return basics.areAny();
  }

  /** A directory that paths of a list are in. Under the lock. */
  void keep(Directory directory) {
    entered.add(directory);
  }

  /** Comes to when files of such a directory may be begun. */
  CompletableFuture<Void> kept(
      Directory directory, boolean isNew, @Nullable FileIdBothDirectoryInformation entry) {
    synchronized (run) {
      directory.isNew = isNew;
      directory.basics = entry == null ? null : basics.of(entry);
      directory.names = remembered.names();
    }
    return isNew && options.journal() != null ? tally.made(directory.path) : Futures.done();
  }

  /** Such a directory could not be made. Under the lock. */
  void drop(Directory directory) {
    entered.remove(directory);
    if (directory.parent != null) {
      ended(directory.parent);
    }
  }

  /**
   * Takes what a path of a list stands for, which was under way until now.
   *
   * @param isBegun whether something in it may be under way, which is to end first
   */
  void listed(Directory directory, FileIdBothDirectoryInformation entry, boolean isBegun) {
    List<FileIdBothDirectoryInformation> tooMany = new ArrayList<>();
    int temporary;
    synchronized (run) {
      if (isBegun) {
        directory.waiting.add(new Waiting(entry, false));
      } else {
        entries.take(directory, entry, tooMany);
      }
      temporary = temporaries.beget(directory);
      if (!directory.isBegun() && !beingRead.contains(directory)) {
        beingRead.add(directory);
      }
      ended(directory);
    }
    tooMany.forEach(each -> entries.isInOtherCase(directory, each));
    temporaries.make(directory, temporary);
  }

  /** How many entries are found and not begun. Under the lock. */
  int ready() {
    return beingRead.stream().mapToInt(Directory::ready).sum();
  }

  /** Notes it when all was found. Under the lock. */
  void noteWalked() {
    if (!isFed && beingRead.stream().allMatch(Directory::isListed)) {
      tally.walked();
    }
  }

  /** What is to be done next about directories, or null when that has to wait. Under the lock. */
  @Nullable
  Runnable next() {
    if (!done.isEmpty()) {
      Directory directory = done.remove(done.size() - 1);
      return () -> finish(directory);
    }
    Runnable reading = nextDoubt();
    if (reading == null) {
      reading = nextPage();
    }
    if (reading == null) {
      reading = nextWaiting();
    }
    return reading == null ? nextDirectory() : reading;
  }

  private @Nullable Runnable nextDoubt() {
    for (int i = beingRead.size() - 1; i >= 0 && looks < MAX_LOOKS; i--) {
      Directory directory = beingRead.get(i);
      FileIdBothDirectoryInformation entry = directory.doubtful.poll();
      if (entry != null) {
        looks++;
        directory.underWay++;
        settle(directory);
        return () -> entries.look(directory, entry);
      }
    }
    return null;
  }

  /** Notes what an entry has turned out to be; null is nothing that is copied. */
  void looked(Directory directory, @Nullable FileIdBothDirectoryInformation entry) {
    synchronized (run) {
      looks--;
      if (entry != null) {
        entries.add(directory, entry);
        readAgain(directory);
      }
      ended(directory);
    }
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

  private @Nullable Runnable nextWaiting() {
    for (int i = beingRead.size() - 1; i >= 0; i--) {
      Directory directory = beingRead.get(i);
      if (directory.isOtherwiseDone()) {
        Waiting waiting = directory.waiting.remove();
        directory.underWay++;
        return () -> entries.admitLate(directory, waiting);
      }
    }
    return null;
  }

  private @Nullable Runnable nextDirectory() {
    int ready = 0;
    boolean filesAreComing = false;
    for (Directory each : beingRead) {
      ready += each.isLoading ? Math.max(each.ready(), pages.expected()) : each.ready();
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
        Directory child = new Directory(parent, parent.pathOf(entry.fileName()), basics.of(entry));
        enter(child);
        settle(parent);
        return () -> open(child);
      }
    }
    return null;
  }

  /**
   * A directory that has a file to be begun, the deepest one first, or null. Under the lock; whoever
   * takes the file settles the directory.
   */
  @Nullable
  Directory withFile() {
    for (int i = beingRead.size() - 1; i >= 0; i--) {
      if (!beingRead.get(i).files.isEmpty()) {
        return beingRead.get(i);
      }
    }
    return null;
  }

  /** A file that was begun is to be begun once more. Under the lock. */
  void putBack(Directory directory, Work work) {
    readAgain(directory);
    directory.files.addFirst(work);
    directory.underWay--;
  }

  private void readAgain(Directory directory) {
    if (!beingRead.contains(directory)) {
      beingRead.add(directory);
    }
  }

  /** Something of a directory has ended. Under the lock. */
  void ended(Directory directory) {
    directory.underWay--;
    settle(directory);
  }

  /**
   * A directory whose entries are all begun is not read any more; one without work left is done. Under
   * the lock.
   */
  void settle(Directory directory) {
    if (directory.isBegun()) {
      beingRead.remove(directory);
      directory.forgetCounterparts();
    }
    if (directory.isRead() && directory.underWay == 0 && !run.isStopped()) {
      done.add(directory);
    }
  }

  private void enter(Directory directory) {
    entered.add(directory);
    beingRead.add(directory);
  }

  private void leave(Directory directory) {
    entered.remove(directory);
    if (directory.parent == null) {
      run.end();
    } else {
      ended(directory.parent);
    }
  }

  private void open(Directory directory) {
    run.perform(
        () -> options.dryRun() ? requests.openOnly(directory.path) : requests.open(directory.path),
        opened -> opened(directory, opened),
        cause -> {
          tally.failed(directory.path, cause);
          leaveLocked(directory);
        });
  }

  private void opened(Directory directory, DirectoryRequests.Opened opened) {
    if (directory.parent != null && directory.parent.isOrIsIn(opened.listing().onDiskId())) {
      leadsBack(directory, opened);
      return;
    }
    synchronized (run) {
      directory.isNew = opened.made() != null && opened.made().wasCreated();
      directory.listing = opened.listing();
      directory.names = remembered.names();
      directory.id = opened.listing().onDiskId();
    }
    run.perform(() -> prepared(directory), ready -> read(directory, opened.page()), run::stop);
  }

  /** Its listing did not tell; what was made for it is removed again. */
  private void leadsBack(Directory directory, DirectoryRequests.Opened opened) {
    tally.skipped(directory.path, Doubts.LEADS_BACK);
    run.perform(
        () -> Futures.all(opened.listing().close(), requests.unmake(directory.path, opened.made())),
        nothing -> leaveLocked(directory),
        cause -> {
          tally.failed(directory.path, cause);
          leaveLocked(directory);
        });
  }

  private void leaveLocked(Directory directory) {
    synchronized (run) {
      beingRead.remove(directory);
      leave(directory);
    }
  }

  /** Comes to when files of it may be begun. */
  private CompletableFuture<Void> prepared(Directory directory) {
    if (directory.isNew) {
      return options.journal() == null ? Futures.done() : tally.made(directory.path);
    }
    return selection.asksFor(directory)
        ? remembered.counterparts(directory.path).thenAccept(found -> {
          synchronized (run) {
            directory.counterparts = found;
          }
        })
        : Futures.done();
  }

  private void readOn(Directory directory) {
    AsyncSmbFile listing = directory.listing;
    if (listing == null) {
      throw new IllegalStateException("it is not open");
    }
    run.perform(() -> requests.next(listing), page -> read(directory, page), cause -> {
      tally.failed(directory.path, cause);
      read(directory, null);
    });
  }

  /** Takes over what was read; null is the end. */
  private void read(Directory directory, @Nullable List<FileIdBothDirectoryInformation> page) {
    List<FileIdBothDirectoryInformation> found = page == null
        ? List.of()
        : page.stream()
            .filter(entry -> entries.isWanted(directory.pathOf(entry.fileName()), entry))
            .toList();
    List<FileIdBothDirectoryInformation> tooMany = new ArrayList<>();
    AsyncSmbFile closed;
    int temporary;
    synchronized (run) {
      if (page != null) {
        pages.read(page.size());
      }
      found.forEach(entry -> entries.take(directory, entry, tooMany));
      directory.isLoading = false;
      closed = page == null ? directory.listing : null;
      if (page == null) {
        directory.listing = null;
        directory.forgetNames();
      }
      temporary = temporaries.beget(directory);
      noteWalked();
      settle(directory);
    }
    tooMany.forEach(entry -> entries.isInOtherCase(directory, entry));
    if (closed != null) {
      run.perform(closed::close, nothing -> {}, harmless -> {});
    }
    temporaries.make(directory, temporary);
  }

  private void finish(Directory directory) {
    run.perform(() -> last(directory), nothing -> finished(directory), cause -> {
      tally.failed(directory.path, cause);
      finished(directory);
    });
  }

  private void finished(Directory directory) {
    tally.finished(directory.path);
    synchronized (run) {
      leave(directory);
    }
  }

  /** The times are the last, for what is made in a directory changes them. */
  private CompletableFuture<Void> last(Directory directory) {
    FileBasicInformation set = options.dryRun() ? null : directory.basics;
    return Futures.compose(
        temporaries.remove(directory),
        (removed, notRemoved) -> Futures.compose(
            set == null ? Futures.done() : requests.set(directory.path, set),
            (isSet, notSet) -> notRemoved == null && notSet == null
                ? Futures.done()
                : CompletableFuture.failedFuture(notRemoved == null ? notSet : notRemoved)));
  }

  /** What is left of directories when the copy was stopped. */
  void cleanUp() {
    List<Directory> left;
    synchronized (run) {
      left = List.copyOf(entered);
    }
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (Directory directory : left) { // nothing else is under way any more
      if (directory.listing != null) {
        all.add(directory.listing.close());
      }
      all.add(temporaries.remove(directory));
    }
    CompletableFuture<Void> cleaned = Futures.all(all.toArray(CompletableFuture[]::new));
    run.perform(
        () -> cleaned.orTimeout(CLEANUP_SECONDS, TimeUnit.SECONDS),
        nothing -> {},
        harmless -> {}); // why the copy was stopped is told
  }
}
