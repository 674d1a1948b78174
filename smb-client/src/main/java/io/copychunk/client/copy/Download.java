package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileTimes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A file of a share on its way to this machine. It has its name when it is complete, and not before. */
final class Download {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final FileLocation from;
  private final Path to;
  private final CopyOptions options;
  private final LearntMethods learnt;
  private final Cancellation cancellation;
  private final Tally tally;
  private volatile boolean sourceChanged;
  private volatile @Nullable String sha256;

  Download(
      FileLocation from,
      Path to,
      CopyOptions options,
      LearntMethods learnt,
      Cancellation cancellation,
      Callbacks callbacks) {
    this.from = from;
    this.to = to;
    this.options = options;
    this.learnt = learnt;
    this.cancellation = cancellation;
    this.tally = new Tally(from.toString(), options, callbacks);
  }

  CompletableFuture<CopyResult> run() {
    CompletableFuture<AsyncSmbFile> opening = cancellation.step(
        () -> from.share().open(from.path(), OpenOptions.read().withLevelIIOplock()));
    return Futures.then(
        opening,
        source -> Futures.compose(
            receive(source),
            (done, failure) -> Futures.compose(
                source.close(),
                (closed, ignored) -> failure == null
                    ? CompletableFuture.completedFuture(result(source.size()))
                    : CompletableFuture.failedFuture(failure))));
  }

  private CompletableFuture<Void> receive(AsyncSmbFile source) {
    tally.size(source.size());
    byte[] name = new byte[8];
    RANDOM.nextBytes(name);
    Path target;
    Path file;
    FileChannel channel;
    try {
      requireReplaceable();
      target = Files.isSymbolicLink(to) ? to.toRealPath() : to; // as cp, and a link stays one
      file = options.inPlace()
          ? target
          : target.resolveSibling(".copychunk-" + HexFormat.of().formatHex(name) + ".tmp");
      channel = FileChannel.open(file, forTarget());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<FileNetworkOpenInformation> moved = Futures.then(
        move(source, channel)
            .thenCompose(done -> cancellation.step(tally::told))
            .thenCompose(done -> options.verify() == Verify.FULL
                ? cancellation.step(() -> compareContent(source, channel))
                : Futures.done()),
        done -> cancellation.step(() -> source.query(FileNetworkOpenInformation.CLASS)));
    return Futures.compose(moved, (now, failure) -> {
      try (channel) {
        if (failure == null) {
          finish(source, now, channel, file, target);
          return Futures.done();
        }
      } catch (IOException | RuntimeException e) {
        return abandoned(file, e);
      }
      return abandoned(file, failure);
    });
  }

  private Set<OpenOption> forTarget() {
    Set<OpenOption> how = new HashSet<>(Set.of(
        StandardOpenOption.WRITE,
        options.inPlace() ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW));
    if (options.verify() == Verify.FULL) {
      how.add(StandardOpenOption.READ);
    }
    return how;
  }

  private void requireReplaceable() throws IOException {
    if (Files.isDirectory(to)) {
      throw new SmbCopyException(
          Reason.TARGET_IS_DIRECTORY, to + ": is a directory (expected: the name of a file)");
    }
    if (!options.replace() && Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      throw new SmbCopyException(Reason.TARGET_EXISTS, to + ": exists already");
    }
    if (Files.exists(to) && !Files.isRegularFile(to)) { // /dev/null is not to become a file
      throw new FileSystemException(to.toString(), null, "is not a regular file");
    }
  }

  private CompletableFuture<Void> move(AsyncSmbFile source, FileChannel channel) {
    if (source.size() == 0) {
      return Futures.done();
    }
    StreamMover mover = new StreamMover(
        source::read,
        LocalFile.writer(channel),
        Math.min(Content.STREAM_PIECE, from.share().session().maxReadSize()),
        source.path());
    WindowSize window =
        new WindowSize(learnt.window(CopyMethod.STREAM), options.maxWindow(), System.nanoTime());
    Transfer transfer =
        new Transfer(mover, window, false, List.of(CopyRange.at(0, source.size())), tally);
    return cancellation.step(transfer.start(), transfer::cancel).thenAccept(outcome -> {});
  }

  private void finish(
      AsyncSmbFile source,
      FileNetworkOpenInformation now,
      FileChannel channel,
      Path file,
      Path target)
      throws IOException {
    FileNetworkOpenInformation before = source.openedAs();
    boolean changed = now.endOfFile() != before.endOfFile()
        || now.lastWriteTime() != before.lastWriteTime()
        || now.changeTime() != before.changeTime();
    if (changed && !options.sourceMayChange()) {
      throw new SmbCopyException(Reason.SOURCE_CHANGED, from + ": has changed while it was copied");
    }
    sourceChanged = changed;
    channel.truncate(source.size());
    if (options.preserves(Preserve.TIMES)) {
      Files.setLastModifiedTime(file, FileTime.from(FileTimes.instant(before.lastWriteTime())));
    }
    if (options.inPlace()) {
      return;
    }
    if (options.replace()) {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      moveWithoutReplacing(file, target);
    }
  }

  /** A link fails if there is a file of this name by now, which an atomic move would replace. */
  private static void moveWithoutReplacing(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) { // it knows no links
      Files.move(file, target);
      return;
    }
    Files.delete(file);
  }

  private CompletableFuture<Void> compareContent(AsyncSmbFile source, FileChannel channel) {
    CompletableFuture<String> same = Digest.same(
        Digest.of(source, source.size(), from.share().session().maxReadSize()),
        Digest.of(channel, source.size(), cancellation),
        to);
    return Futures.then(same, this::noteDigest);
  }

  private CompletableFuture<Void> abandoned(Path file, Throwable failure) {
    if (options.inPlace()) {
      return CompletableFuture.failedFuture(failure);
    }
    try {
      Files.deleteIfExists(file);
      return CompletableFuture.failedFuture(failure);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(new SmbCopyException(
          Reason.LEFTOVER,
          failure.getMessage() + "; and " + file + " is left behind, which could not be removed: "
              + e.getMessage(),
          file.toString(),
          failure));
    }
  }

  private CompletableFuture<Void> noteDigest(String digest) {
    sha256 = digest;
    return Futures.done();
  }

  private CopyResult result(long size) {
    return new CopyResult(
        from.toString(),
        to.toString(),
        size,
        tally.bytes(),
        List.of(),
        List.of(),
        sha256,
        sourceChanged,
        tally.elapsed());
  }
}
