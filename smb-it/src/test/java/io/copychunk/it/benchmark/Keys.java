package io.copychunk.it.benchmark;

/** A client that is measured by the keys it gets. */
interface Keys extends AutoCloseable {
  /** Opens files, gets their keys and closes them, {@code count} in all. */
  void get(int count) throws Exception;
}
