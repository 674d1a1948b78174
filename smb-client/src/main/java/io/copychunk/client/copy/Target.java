package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import java.util.concurrent.CompletableFuture;

/** Where a copy is written until it is complete. */
interface Target {
  /** The file that is written to, open. */
  AsyncSmbFile file();

  /** Where that file is for now. */
  FileLocation location();

  /** Whether it had no content before. */
  boolean startsEmpty();

  /**
   * Lets the file outlive the copy: from here on the server does not remove it by itself. Before it
   * is renamed, and before anybody else is to open it.
   */
  CompletableFuture<Void> keep();

  /** Whether the server removes it by itself when the connection is lost. */
  boolean isSelfRemoving();

  /**
   * Gives the complete copy its name, and closes it.
   *
   * @return fails when it has not got its name; then it is to be aborted
   */
  CompletableFuture<Void> commit();

  /**
   * Removes what was made, as far as that is possible, and closes it.
   *
   * @return fails when something is left
   */
  CompletableFuture<Void> abort();
}
