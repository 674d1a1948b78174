package io.copychunk.client.copy.tree;

import org.jspecify.annotations.Nullable;

/** What finds the files and directories that are to be copied. */
interface WorkSource {
  /** Begins with the root of the tree. Not under the run's lock. */
  void start();

  /** What is to be done next about finding them, or null when it has to wait. Under the run's lock. */
  @Nullable
  Runnable next();

  /** The run is at its end, or was stopped: nothing more is asked for. Under the run's lock. */
  default void end() {}
}
