package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbCompound;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbOpening;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.NtStatus;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The target itself, which is neither old nor new until the copy has succeeded. */
final class InPlaceTarget implements Target {
  private final FileLocation location;
  private final AsyncSmbFile file;

  private InPlaceTarget(FileLocation location, AsyncSmbFile file) {
    this.location = location;
    this.file = file;
  }

  /**
   * Opens the target as it is, or creates it; nothing of it is lost yet.
   *
   * @param along adds what is to be asked of it in the same frame
   */
  static CompletableFuture<Target> open(
      FileLocation location, CopyOptions options, Consumer<AsyncSmbOpening> along) {
    OpenOptions how = options.replace() ? OpenOptions.create() : OpenOptions.createNew();
    OpenOptions known = how.withOnDiskId();
    OpenOptions asking = options.appleCopyFile() ? known.withAaplQuery() : known;
    OpenOptions whole =
        options.verify() == Verify.FULL ? asking.withFurtherAccess(AccessMask.READ_DATA) : asking;
    // Who may write a file may not always delete it, which only matters for one that is made now.
    CompletableFuture<AsyncSmbFile> opening = Futures.compose(
        open(location, whole.withFurtherAccess(AccessMask.DELETE), along),
        (file, failure) -> failure instanceof SmbStatusException refused
                && refused.status().equals(NtStatus.ACCESS_DENIED)
            ? open(location, whole, along)
            : failure == null
                ? CompletableFuture.completedFuture(file)
                : CompletableFuture.failedFuture(failure));
    return opening.thenApply(file -> new InPlaceTarget(location, file));
  }

  private static CompletableFuture<AsyncSmbFile> open(
      FileLocation location, OpenOptions how, Consumer<AsyncSmbOpening> along) {
    AsyncSmbOpening opening = location.share().opening(location.path(), how);
    along.accept(opening);
    return opening.open();
  }

  @Override
  public AsyncSmbFile file() {
    return file;
  }

  @Override
  public FileLocation location() {
    return location;
  }

  @Override
  public boolean startsEmpty() {
    return file.size() == 0;
  }

  @Override
  public boolean isSelfRemoving() {
    return false;
  }

  @Override
  public CompletableFuture<Void> keep() {
    return Futures.done();
  }

  /** One that was made can only be told from others by its id when it is closed. */
  @Override
  public boolean canBeCheckedLate() {
    return !location.isStream() && (!file.wasCreated() || file.onDiskId() != null);
  }

  @Override
  public CompletableFuture<@Nullable FileNetworkOpenInformation> commit(Last last) {
    AsyncSmbCompound compound = file.compound();
    CompletableFuture<Void> asked = last.ask(compound);
    CompletableFuture<@Nullable FileNetworkOpenInformation> closed = compound.close();
    return Futures.then(Futures.all(asked, closed), both -> closed);
  }

  /** A file that was there stays, whatever is in it now; one that was made goes. */
  @Override
  public CompletableFuture<Void> abort() {
    if (file.isOpen()) {
      return file.wasCreated() ? file.deleteAndClose() : file.close();
    }
    OnDiskId id = file.onDiskId();
    if (file.wasCreated() && id == null) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("it is closed, and the server tells no ids"));
    }
    return file.wasCreated() ? Deletion.of(location, id) : Futures.done();
  }
}
