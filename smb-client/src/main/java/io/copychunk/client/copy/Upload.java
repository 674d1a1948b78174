package io.copychunk.client.copy;

import io.copychunk.client.CopyRange;
import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.FileStandardInformation;
import io.copychunk.fscc.FileTimes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A file of this machine on its way to a share. */
final class Upload {
  private final Path from;
  private final FileLocation to;
  private final CopyOptions options;
  private final LearntMethods learnt;
  private final Cancellation cancellation;
  private final Tally tally;
  private volatile boolean sourceChanged;
  private volatile @Nullable String sha256;

  Upload(
      Path from,
      FileLocation to,
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
    FileChannel channel;
    long size;
    FileTime written;
    try {
      if (Files.exists(from)
          && !Files.isRegularFile(from)) { // to open a pipe would wait for its writer
        throw new FileSystemException(from.toString(), null, "is not a regular file");
      }
      channel = FileChannel.open(from);
      size = channel.size();
      written = Files.getLastModifiedTime(from);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    tally.size(size);
    CompletableFuture<Void> sent = Futures.then(
        cancellation.step(() -> Existing.at(to)),
        existing -> send(existing, channel, size, written));
    return Futures.compose(sent, (done, failure) -> {
      try {
        channel.close();
      } catch (IOException e) {
        return CompletableFuture.failedFuture(failure == null ? e : failure);
      }
      return failure == null
          ? CompletableFuture.completedFuture(result(size))
          : CompletableFuture.failedFuture(failure);
    });
  }

  private CompletableFuture<Void> send(
      Existing existing, FileChannel channel, long size, FileTime written) {
    try {
      existing.requireReplaceable(to, options);
    } catch (SmbCopyException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (cancellation.isCancelled()) {
      return CompletableFuture.failedFuture(Cancellation.cancelledCopy());
    }
    CompletableFuture<Target> opening = options.inPlace()
        ? InPlaceTarget.open(to, options, nothing -> {})
        : TemporaryTarget.create(to, options, nothing -> {});
    return Finishing.of(
        opening,
        target -> move(channel, size, target)
            .thenCompose(moved -> cancellation.step(tally::told))
            .thenCompose(told -> finish(target, size, written))
            .thenCompose(same -> options.verify() == Verify.FULL
                ? cancellation.step(() -> compareContent(channel, target, size))
                : Futures.done()),
        Finishing.committing(Target.Last.NOTHING));
  }

  private CompletableFuture<Void> move(FileChannel channel, long size, Target target) {
    if (size == 0) {
      return Futures.done();
    }
    StreamMover mover = new StreamMover(
        LocalFile.reader(channel),
        target.file()::write,
        Math.min(Content.STREAM_PIECE, to.share().session().maxWriteSize()),
        from.toString());
    WindowSize window =
        new WindowSize(learnt.window(CopyMethod.STREAM), options.maxWindow(), System.nanoTime());
    Transfer transfer = new Transfer(mover, window, false, List.of(CopyRange.at(0, size)), tally);
    return cancellation.step(transfer.start(), transfer::cancel).thenAccept(outcome -> {});
  }

  private CompletableFuture<Void> finish(Target target, long size, FileTime written) {
    FileBasicInformation times =
        new FileBasicInformation(0, 0, FileTimes.of(written.toInstant()), 0, FileAttributes.NONE);
    CompletableFuture<Void> sized = target.startsEmpty()
        ? Futures.done()
        : target.file().set(new FileEndOfFileInformation(size));
    return sized.thenCompose(done -> cancellation.step(() -> Futures.all(
        options.preserves(Preserve.TIMES) ? target.file().set(times) : Futures.done(),
        target
            .file()
            .query(FileStandardInformation.CLASS)
            .thenCompose(now -> judge(now.endOfFile(), size, written)))));
  }

  private CompletableFuture<Void> judge(long sent, long size, FileTime written) {
    try {
      boolean changed =
          Files.size(from) != size || !Files.getLastModifiedTime(from).equals(written);
      if (changed && !options.sourceMayChange()) {
        return CompletableFuture.failedFuture(new SmbCopyException(
            Reason.SOURCE_CHANGED, from + ": has changed while it was copied"));
      }
      sourceChanged = changed;
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return sent == size || options.verify() == Verify.NONE
        ? Futures.done()
        : CompletableFuture.failedFuture(new SmbCopyException(
            Reason.NOT_EQUAL, to + ": the copy has " + sent + " bytes (expected: " + size + ")"));
  }

  private CompletableFuture<Void> compareContent(FileChannel channel, Target target, long size) {
    CompletableFuture<String> same = Digest.same(
        Digest.of(channel, size, cancellation),
        Digest.of(target.file(), size, to.share().session().maxReadSize()),
        to);
    return Futures.then(same, this::noteDigest);
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
