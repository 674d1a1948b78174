package io.copychunk.client.cli;

/** How keys are printed. */
interface KeyFormat {
  /** The bytes for one key. */
  byte[] format(KeyReport report);
}
