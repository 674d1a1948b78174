package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileTimes;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A file that is copied, opened for reading, with its resume key if there is one.
 *
 * @param file the open file
 * @param key names it to the server, or null when the server gives no keys or none was asked for
 */
record SourceFile(AsyncSmbFile file, @Nullable SourceKey key) {
  /** How a source is opened if nothing else is wanted of it. */
  static final OpenOptions READ = OpenOptions.read().withOnDiskId().withLevelIIOplock();

  /**
   * Opens a source.
   *
   * @param location where it is
   * @param learnt tells whether it is of any use to ask for a key, and is told when it is not
   * @param wantsKey whether a key would be used
   */
  static CompletableFuture<SourceFile> open(
      FileLocation location, LearntMethods learnt, boolean wantsKey) {
    return open(location, READ, learnt, wantsKey);
  }

  /** Opens a source in a way of one's own. */
  static CompletableFuture<SourceFile> open(
      FileLocation location, OpenOptions options, LearntMethods learnt, boolean wantsKey) {
    if (!wantsKey || learnt.refusal(CopyMethod.COPYCHUNK) != null) {
      return plain(location, options);
    }
    return Futures.compose(
        location.share().openWithResumeKey(location.path(), options), (keyed, failure) -> {
          if (failure == null) {
            return CompletableFuture.completedFuture(keyed(keyed));
          }
          if (failure instanceof SmbStatusException refused && isForWantOfKeys(refused)) {
            learnt.refused(
                CopyMethod.COPYCHUNK,
                "the server gives no resume keys: " + refused.status().meaning() + " ["
                    + refused.status() + "]");
            return plain(location, options);
          }
          return CompletableFuture.failedFuture(failure);
        });
  }

  /** A server that fails the request for a key even on its own has none to give. */
  private static boolean isForWantOfKeys(SmbStatusException refused) {
    return refused instanceof SmbNotSupportedException
        || (refused.command() == Command.IOCTL && refused.status().equals(NtStatus.INTERNAL_ERROR));
  }

  private static SourceFile keyed(KeyedOpen keyed) {
    AsyncSmbFile file = keyed.file().async();
    return new SourceFile(file, new SourceKey(file, keyed.key()));
  }

  private static CompletableFuture<SourceFile> plain(FileLocation location, OpenOptions options) {
    return location
        .share()
        .open(location.path(), options)
        .thenApply(file -> new SourceFile(file, null));
  }

  long size() {
    return file.size();
  }

  /** Whether it has holes, for all that the server told when it was opened. */
  boolean mayHaveHoles() {
    FileNetworkOpenInformation opened = file.openedAs();
    return opened.fileAttributes().isSparse() || opened.allocationSize() < opened.endOfFile();
  }

  /**
   * Closes it, and tells whether it is not any more what it was when it was opened; null when it is.
   *
   * @param location where it was opened
   */
  CompletableFuture<@Nullable String> close(FileLocation location) {
    FileNetworkOpenInformation before = file.openedAs();
    return Futures.then(
        file.compound().close(),
        now -> now == null
                || (now.lastWriteTime() == FileTimes.UNIX_EPOCH
                    && before.lastWriteTime() != FileTimes.UNIX_EPOCH)
            ? changeByName(location)
            : CompletableFuture.completedFuture(difference(before, now)));
  }

  /**
   * On a connection that has agreed on AAPL, Samba 4.22 tells the epoch for the times of all files that
   * are open for their data; what an open for attributes alone tells of the same file is right.
   */
  private CompletableFuture<@Nullable String> changeByName(FileLocation location) {
    return location
        .share()
        .opening(location.path(), OpenOptions.attributes())
        .openAndClose()
        .thenApply(again -> difference(file.openedAs(), again.openedAs()));
  }

  private static @Nullable String difference(
      FileNetworkOpenInformation before, FileNetworkOpenInformation now) {
    if (before.endOfFile() != now.endOfFile()) {
      return "it had " + before.endOfFile() + " bytes and has " + now.endOfFile();
    }
    if (before.lastWriteTime() != now.lastWriteTime()) {
      return "it was written to";
    }
    return before.changeTime() == now.changeTime() ? null : "its attributes or its name changed";
  }
}
