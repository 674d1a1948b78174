package io.copychunk.client;

import io.copychunk.client.internal.session.Call;
import io.copychunk.client.internal.session.Open;
import io.copychunk.client.internal.session.TreeConnect;
import io.copychunk.wire.PrintableText;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of {@link SmbShare}. Futures complete on the callback executor; cancelling
 * one cancels what it stands for, and a file that the server opens all the same is closed.
 * Thread-safe.
 */
public final class AsyncSmbShare {
  private final AsyncSmbSession session;
  private final TreeConnect tree;
  private final Executor executor;

  AsyncSmbShare(AsyncSmbSession session, TreeConnect tree, Executor executor) {
    this.session = session;
    this.tree = tree;
    this.executor = executor;
  }

  /**
   * Opens a file.
   *
   * @param path with slashes or backslashes, from the share's root
   * @param options how
   * @return the file; fails with an {@code SmbStatusException} such as OBJECT_NAME_NOT_FOUND, or
   *     another {@code SmbException}
   * @throws java.nio.file.InvalidPathException when no file can have this path
   */
  public CompletableFuture<AsyncSmbFile> open(String path, OpenOptions options) {
    return Published.of(openNow(path, options), this::file, Open::close, executor);
  }

  /**
   * Opens a file for reading and gets its resume key, in one round trip.
   *
   * @param path with slashes or backslashes, from the share's root
   * @return both; fails with an {@code SmbNotSupportedException} when the server gives no keys
   * @throws java.nio.file.InvalidPathException when no file can have this path
   */
  public CompletableFuture<KeyedOpen> openWithResumeKey(String path) {
    return openWithResumeKey(path, OpenOptions.read());
  }

  /**
   * Opens a file and gets its resume key, in one round trip.
   *
   * @param path with slashes or backslashes, from the share's root
   * @param options how
   * @return both; fails with an {@code SmbNotSupportedException} when the server gives no keys
   * @throws java.nio.file.InvalidPathException when no file can have this path
   */
  public CompletableFuture<KeyedOpen> openWithResumeKey(String path, OpenOptions options) {
    return Published.of(
        openWithResumeKeyNow(path, options),
        this::keyedOpen,
        keyed -> keyed.open().close(),
        executor);
  }

  /**
   * Begins to open a file, with what is to be asked of it in the same round trip.
   *
   * @param path with slashes or backslashes, from the share's root
   * @param options how
   * @return nothing is sent yet
   * @throws java.nio.file.InvalidPathException when no file can have this path
   */
  public AsyncSmbOpening opening(String path, OpenOptions options) {
    return new AsyncSmbOpening(
        this, tree.compound(options.toRequest(SharePath.inside(path))), executor);
  }

  /**
   * The blocking face of this share.
   *
   * @return shares everything with this one
   */
  public SmbShare blocking() {
    return new SmbShare(this);
  }

  /**
   * The same share, whose futures, and those of the files that are opened through it, complete on
   * another executor.
   *
   * @param executor such as {@code Runnable::run}, which completes them on the event loop of the
   *     connection, and sends together what their callbacks ask for: for callbacks that never block
   * @return shares all but the executor with this one
   */
  public AsyncSmbShare withCallbackExecutor(Executor executor) {
    return new AsyncSmbShare(session, tree, executor);
  }

  /**
   * Where the futures of this share complete.
   *
   * @return never rejects a task if it is that of the client, even when the client is closed
   */
  public Executor callbackExecutor() {
    return executor;
  }

  /**
   * The session that the share was connected to in.
   *
   * @return the same for all shares of one session
   */
  public AsyncSmbSession session() {
    return session;
  }

  /**
   * The share as {@code \\host\share}.
   *
   * @return the path that was connected to
   */
  public String path() {
    return tree.path();
  }

  /**
   * How the share is protected: as its session, or better where the share demands encryption.
   *
   * @return what is so now
   */
  public SessionSecurity security() {
    return SessionSecurity.of(tree.session(), tree.protection());
  }

  /**
   * Whether the share can be used.
   *
   * @return false after it, its session or its connection was closed
   */
  public boolean isOpen() {
    return tree.isOpen();
  }

  /**
   * Disconnects from the share; the server closes what is open on it.
   *
   * @return completes when the server has answered
   */
  public CompletableFuture<Void> close() {
    return Published.of(closeNow(), done -> done, done -> {}, executor);
  }

  Call<Open> openNow(String path, OpenOptions options) {
    return tree.open(options.toRequest(SharePath.inside(path)));
  }

  Call<TreeConnect.KeyedOpen> openWithResumeKeyNow(String path, OpenOptions options) {
    return tree.openWithResumeKey(options.toRequest(SharePath.inside(path)));
  }

  CompletableFuture<Void> closeNow() {
    return tree.disconnect();
  }

  AsyncSmbFile file(Open open) {
    return new AsyncSmbFile(this, open, executor);
  }

  KeyedOpen keyedOpen(TreeConnect.KeyedOpen keyed) {
    return new KeyedOpen(
        new SmbFile(file(keyed.open())),
        ResumeKey.issued(keyed.open(), keyed.key()),
        keyed.roundTrips());
  }

  EventLoop eventLoop() {
    return tree.session().connection().eventLoop();
  }

  /** Equal when it is the same tree connect, whatever the callback executor. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AsyncSmbShare share && share.tree == tree;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(tree);
  }

  /** The share. */
  @Override
  public String toString() {
    return PrintableText.of(path());
  }
}
