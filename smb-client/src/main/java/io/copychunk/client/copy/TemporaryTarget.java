package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbCompound;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbOpening;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.fscc.FileDispositionInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.wire.AccessMask;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file beside the target that gets its name when it is complete. Until then the server is told to
 * delete it when it is closed, so that nothing is left when the connection or the client dies.
 */
final class TemporaryTarget implements Target {
  private static final AccessMask LINK = AccessMask.READ_ATTRIBUTES
      .with(AccessMask.WRITE_ATTRIBUTES)
      .with(AccessMask.DELETE)
      .with(AccessMask.SYNCHRONIZE);

  private final FileLocation destination;
  private final FileLocation location;
  private final boolean replace;
  private final AsyncSmbFile file;

  /** Whether the server has agreed to delete it with its last close; completes, never fails. */
  private final CompletableFuture<Boolean> disposable;

  private volatile boolean kept;

  private TemporaryTarget(
      FileLocation destination,
      FileLocation location,
      boolean replace,
      AsyncSmbFile file,
      CompletableFuture<Boolean> disposable) {
    this.destination = destination;
    this.location = location;
    this.replace = replace;
    this.file = file;
    this.disposable = disposable;
  }

  /**
   * Creates the file.
   *
   * @param destination the name that it is to get
   * @param options whether an existing file is to be replaced, and how it is to be checked
   * @param along adds what is to be asked of it in the same frame
   * @return never cancelled: what the server creates has to be removed
   */
  static CompletableFuture<Target> create(
      FileLocation destination, CopyOptions options, Consumer<AsyncSmbOpening> along) {
    FileLocation location =
        beside(destination, options.temporaryDirectory(), TemporaryName.random());
    AccessMask rights = options.verify() == Verify.FULL
        ? AccessMask.DELETE.with(AccessMask.READ_DATA)
        : AccessMask.DELETE;
    OpenOptions how = OpenOptions.createNew().withFurtherAccess(rights);
    return create(
        destination, location, options, options.appleCopyFile() ? how.withAaplQuery() : how, along);
  }

  /**
   * Creates a file or a directory that is to become a link.
   *
   * @param destination the name that it is to get
   * @param options whether an existing file is to be replaced
   * @param isDirectory which of both
   * @param along adds what is to be asked of it in the same frame
   * @return never cancelled: what the server creates has to be removed
   */
  static CompletableFuture<Target> createLink(
      FileLocation destination,
      CopyOptions options,
      boolean isDirectory,
      Consumer<AsyncSmbOpening> along) {
    OpenOptions how = isDirectory
        ? OpenOptions.createDirectory().withAccess(LINK)
        : OpenOptions.createNew().withFurtherAccess(AccessMask.DELETE);
    return create(
        destination,
        beside(destination, options.temporaryDirectory(), TemporaryName.random()),
        options,
        how.withOpenReparsePoint(),
        along);
  }

  private static CompletableFuture<Target> create(
      FileLocation destination,
      FileLocation location,
      CopyOptions options,
      OpenOptions how,
      Consumer<AsyncSmbOpening> along) {
    AsyncSmbOpening opening = location.share().opening(location.path(), how);
    CompletableFuture<Boolean> disposable = opening
        .set(new FileDispositionInformation(true))
        .handle((done, failure) -> failure == null);
    along.accept(opening);
    return opening
        .open()
        .thenApply(file ->
            new TemporaryTarget(destination, location, options.replace(), file, disposable));
  }

  private static FileLocation beside(
      FileLocation destination, @Nullable String directory, String name) {
    return directory == null
        ? destination.sibling(name)
        : new FileLocation(destination.share(), directory).child(name);
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
    return true;
  }

  @Override
  public boolean isSelfRemoving() {
    return !kept && disposable.getNow(false);
  }

  @Override
  public CompletableFuture<Void> keep() {
    AsyncSmbCompound alone = file.compound();
    CompletableFuture<Void> isKept = keep(alone);
    alone.send();
    return isKept;
  }

  /** Not where the server has not agreed to delete it; it has answered that by now. */
  private CompletableFuture<Void> keep(AsyncSmbCompound along) {
    if (kept || !disposable.getNow(true)) {
      return Futures.done();
    }
    kept = true;
    return along.set(new FileDispositionInformation(false));
  }

  @Override
  public boolean canBeCheckedLate() {
    return false;
  }

  /** All in one frame: up to here the server removes it when the connection is lost. */
  @Override
  public CompletableFuture<@Nullable FileNetworkOpenInformation> commit(Last last) {
    AsyncSmbCompound compound = file.compound();
    CompletableFuture<Void> named = Futures.all(
        keep(compound), compound.rename(destination.path(), replace), last.ask(compound));
    CompletableFuture<@Nullable FileNetworkOpenInformation> closed = compound.close();
    return Futures.then(Futures.all(named, closed), both -> closed);
  }

  /** By its name after a rename that failed, or when it was made read-only already. */
  @Override
  public CompletableFuture<Void> abort() {
    CompletableFuture<Void> deleted = file.isOpen()
        ? file.deleteAndClose()
        : CompletableFuture.failedFuture(new IllegalStateException("closed"));
    return Futures.compose(
        deleted, (done, failure) -> failure == null ? deleted : Deletion.of(location, null));
  }
}
