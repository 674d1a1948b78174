package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.Preserve;
import io.copychunk.client.copy.TemporaryName;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.client.copy.tree.Directory.Work;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
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
final class Walk implements WorkSource {
  /** So many directories are read at a time; more only where a tree is deeper. */
  private static final int MAX_BEING_READ = 64;

  /** So many entries are ready, and no more directories are read. */
  private static final int MAX_READY = 8192;

  /** From so many files on, names that are for a time only go to a directory of their own. */
  private static final int LARGE_DIRECTORY = 128;

  /** So many names of a directory wait that differ in case alone from others; all further ones fail. */
  private static final int MAX_IN_OTHER_CASE = 1024;

  private static final long CLEANUP_SECONDS = 10;

  private final TreeRun run;
  private final FileLocation target;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final TreeTally tally;
  private final Selection selection;
  private final Remembered remembered;

  /** Directories that are read, or have entries that are not begun; the deepest last. */
  private final List<Directory> beingRead = new ArrayList<>();

  /** All directories that were begun and have not been left. */
  private final Set<Directory> entered = new LinkedHashSet<>();

  /** Directories all of whose entries are done. */
  private final List<Directory> done = new ArrayList<>();

  /** By which the target would be found in the source; 0 when it can not be. */
  private volatile long targetRootId;

  /** Whether a list may have further paths. */
  boolean isFed;

  Walk(
      TreeRun run, FileLocation source, FileLocation target, TreeOptions options, TreeTally tally) {
    this.run = run;
    this.target = target;
    this.requests = new DirectoryRequests(source, target);
    this.options = options;
    this.tally = tally;
    this.selection = new Selection(options);
    this.remembered = new Remembered(run, requests);
  }

  @Override
  public void start() {
    removeWhatWasLeft();
    Directory root = new Directory(null, "", null);
    synchronized (run) {
      enter(root);
    }
    run.perform(
        () -> options.dryRun() ? requests.openOnly("") : requests.open("", false),
        opened -> {
          synchronized (run) {
            root.basics = basics(opened.listing().openedAs());
          }
          targetIs(opened.made());
          opened(root, opened);
        },
        run::stop);
  }

  /** Of earlier processes of the same job. */
  void removeWhatWasLeft() {
    Journal.Part journal = options.journal();
    if (journal != null && !options.dryRun()) {
      for (String temporary : journal.temporaries()) {
        run.perform(
            () -> requests.removeTemporary(new FileLocation(target.share(), temporary)),
            nothing -> {},
            harmless -> {}); // mostly it is gone
      }
    }
  }

  /** Notes the directory that the tree is copied to. */
  void targetIs(@Nullable AsyncSmbFile made) {
    OnDiskId id = made == null ? null : made.onDiskId();
    targetRootId = id == null || !run.isSameServer() ? 0 : id.diskFileId();
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
      directory.basics = entry == null ? null : basics(entry);
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
    boolean apart;
    synchronized (run) {
      if (isBegun) {
        directory.inOtherCase.add(entry); // waits for all else, as those do
      } else {
        take(directory, entry, tooMany);
      }
      apart = begetsTemporary(directory);
      if (!directory.isBegun() && !beingRead.contains(directory)) {
        beingRead.add(directory);
      }
      ended(directory);
    }
    tooMany.forEach(each -> isInOtherCase(directory, each));
    if (apart) {
      makeTemporary(directory);
    }
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

  @Override
  public @Nullable Runnable next() {
    if (!done.isEmpty()) {
      Directory directory = done.remove(done.size() - 1);
      return () -> finish(directory);
    }
    Runnable reading = nextPage();
    if (reading == null) {
      reading = nextInOtherCase();
    }
    return reading == null ? nextDirectory() : reading;
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

  private @Nullable Runnable nextInOtherCase() {
    for (int i = beingRead.size() - 1; i >= 0; i--) {
      Directory directory = beingRead.get(i);
      if (directory.isOtherwiseDone()) {
        FileIdBothDirectoryInformation entry = directory.inOtherCase.remove();
        directory.underWay++;
        return () -> askForOtherCase(directory, entry);
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
    if (!beingRead.contains(directory)) {
      beingRead.add(directory);
    }
    directory.files.addFirst(work);
    directory.underWay--;
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
        () -> options.dryRun()
            ? requests.openOnly(directory.path)
            : requests.open(directory.path, true),
        opened -> opened(directory, opened),
        cause -> {
          tally.failed(directory.path, cause);
          synchronized (run) {
            beingRead.remove(directory);
            leave(directory);
          }
        });
  }

  private void opened(Directory directory, DirectoryRequests.Opened opened) {
    synchronized (run) {
      directory.isNew = opened.made() != null && opened.made().wasCreated();
      directory.listing = opened.listing();
      directory.names = remembered.names();
    }
    run.perform(() -> prepared(directory), ready -> read(directory, opened.page()), run::stop);
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
            .filter(entry -> isWanted(directory.pathOf(entry.fileName()), directory, entry))
            .toList();
    List<FileIdBothDirectoryInformation> tooMany = new ArrayList<>();
    AsyncSmbFile closed;
    boolean apart;
    synchronized (run) {
      found.forEach(entry -> take(directory, entry, tooMany));
      directory.isLoading = false;
      closed = page == null ? directory.listing : null;
      if (page == null) {
        directory.listing = null;
        directory.forgetNames();
      }
      apart = begetsTemporary(directory);
      noteWalked();
      settle(directory);
    }
    tooMany.forEach(entry -> isInOtherCase(directory, entry));
    if (closed != null) {
      run.perform(closed::close, nothing -> {}, harmless -> {});
    }
    if (apart) {
      makeTemporary(directory);
    }
  }

  boolean isWanted(String path, @Nullable Directory parent, FileIdBothDirectoryInformation entry) {
    FileAttributes attributes = entry.fileAttributes();
    if (!options.filter().test(path, entry)) {
      return false;
    }
    if (attributes.isReparsePoint()
        && (attributes.isDirectory() || options.links() == Links.SKIP)) {
      tally.skipped(path, "it is a link");
      return false;
    }
    if (attributes.isDirectory() && entry.fileId() != 0 && entry.fileId() == targetRootId) {
      tally.skipped(path, "it is where the tree is copied to");
      return false;
    }
    return true;
  }

  private void take(
      Directory directory,
      FileIdBothDirectoryInformation entry,
      List<FileIdBothDirectoryInformation> tooMany) {
    Names.Found found =
        directory.names == null ? Names.Found.NEW : directory.names.add(entry.fileName());
    switch (found) {
      case NEW -> add(directory, entry);
      case IN_OTHER_CASE ->
        (directory.inOtherCase.size() < MAX_IN_OTHER_CASE ? directory.inOtherCase : tooMany)
            .add(entry);
      case AGAIN -> {}
    }
  }

  private void add(Directory directory, FileIdBothDirectoryInformation entry) {
    if (entry.fileAttributes().isDirectory()) {
      directory.directories.add(entry);
    } else {
      tally.found(entry.endOfFile());
      directory.found++;
      directory.files.add(new Work(entry, 0));
    }
  }

  /** When all others are there, the target tells whether it takes both names for the same. */
  private void askForOtherCase(Directory directory, FileIdBothDirectoryInformation entry) {
    run.perform(
        () -> options.dryRun()
            ? CompletableFuture.completedFuture(true)
            : requests.hasInOtherCase(directory.path, entry.fileName()),
        isTaken -> {
          if (isTaken) {
            isInOtherCase(directory, entry);
          }
          synchronized (run) {
            if (!isTaken) {
              add(directory, entry);
            }
            ended(directory);
          }
        },
        cause -> {
          tally.failed(directory.pathOf(entry.fileName()), cause);
          synchronized (run) {
            ended(directory);
          }
        });
  }

  private void isInOtherCase(Directory directory, FileIdBothDirectoryInformation entry) {
    String path = directory.pathOf(entry.fileName());
    tally.failed(
        path,
        new SmbCopyException(
            Reason.NAME_TAKEN,
            requests.source(path) + ": its name differs in case alone from another one there, and "
                + requests.target(directory.path) + " takes both for the same"));
  }

  /** Whether a directory for temporary names is to be made, which is under way from now on. */
  private boolean begetsTemporary(Directory directory) {
    boolean wanted = directory.found >= LARGE_DIRECTORY
        && !directory.hasAskedForTemporary
        && !options.files().inPlace()
        && !options.dryRun();
    if (wanted) {
      directory.hasAskedForTemporary = true;
      directory.underWay++;
    }
    return wanted;
  }

  /** Where it can not be made, temporary names are beside the final ones. */
  private void makeTemporary(Directory directory) {
    FileLocation temporary = requests.target(directory.path).child(TemporaryName.random());
    tally.temporary(temporary.path());
    run.perform(
        () -> requests.makeTemporary(temporary),
        made -> {
          synchronized (run) {
            directory.temporaryDirectory = temporary.path();
            directory.howFilesAre = null;
            ended(directory);
          }
        },
        harmless -> {
          synchronized (run) {
            ended(directory);
          }
        });
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
      all.add(removeTemporary(directory));
    }
    CompletableFuture<Void> cleaned = Futures.all(all.toArray(CompletableFuture[]::new));
    run.perform(
        () -> cleaned.orTimeout(CLEANUP_SECONDS, TimeUnit.SECONDS),
        nothing -> {},
        harmless -> {}); // why the copy was stopped is told
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
