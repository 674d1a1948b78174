package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbCompound;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.fscc.FileNetworkOpenInformation;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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
   * Whether it may be committed before it is known that the copy is right: it has its name already, and
   * can be aborted even then.
   */
  boolean canBeCheckedLate();

  /**
   * Gives the complete copy its name, and closes it.
   *
   * @param last is asked of the file in between
   * @return what it was when it was closed, null when the server does not tell; fails when it has not got
   *     its name. Then it is to be aborted
   */
  CompletableFuture<@Nullable FileNetworkOpenInformation> commit(Last last);

  /**
   * Removes what was made, as far as that is possible, and closes it.
   *
   * @return fails when something is left
   */
  CompletableFuture<Void> abort();
}
