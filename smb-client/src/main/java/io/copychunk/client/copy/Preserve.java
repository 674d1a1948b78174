package io.copychunk.client.copy;

/** What a copy can carry over besides the data. */
public enum Preserve {
  /** When the file was created, last read and last written. */
  TIMES,
  /** Hidden, system, read-only, archive and their like. */
  ATTRIBUTES,
  /** That the file has holes: they are neither copied nor allocated. */
  SPARSENESS,
  /** Alternate data streams, such as macOS keeps resource forks in. */
  STREAMS,
  /** Extended attributes. */
  EXTENDED_ATTRIBUTES,
  /** Owner, group and access control list. */
  SECURITY
}
