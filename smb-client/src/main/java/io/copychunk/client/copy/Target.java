package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbCompound;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.copy.internal.Futures;
import java.util.concurrent.CompletableFuture;

/** Where a copy is written until it is complete. */
interface Target {
  /** What is asked of a file that has its name, in the frame that closes it. */
  @FunctionalInterface
  interface Last {
    /** Nothing is. */
    Last NOTHING = compound -> Futures.done();

    CompletableFuture<Void> ask(AsyncSmbCompound compound);
  }

  /** The file that is written to, open. */
  AsyncSmbFile file();

  /** Where that file is for now. */
  FileLocation location();

  /** Whether it had no content before. */
  boolean startsEmpty();

  /**
   * Lets the file outlive the copy: from here on the server does not remove it by itself. Before
   * anybody else is to open it; else {@link #commit} sees to it.
   */
  CompletableFuture<Void> keep();

  /** Whether the server removes it by itself when the connection is lost. */
  boolean isSelfRemoving();

  /**
   * Gives the complete copy its name, and closes it.
   *
   * @param last is asked of the file in between
   * @return fails when it has not got its name; then it is to be aborted
   */
  CompletableFuture<Void> commit(Last last);

  /**
   * Removes what was made, as far as that is possible, and closes it.
   *
   * @return fails when something is left
   */
  CompletableFuture<Void> abort();
}
