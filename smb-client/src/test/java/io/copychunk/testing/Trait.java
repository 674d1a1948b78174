package io.copychunk.testing;

/** In what servers differ. */
public enum Trait {
  /** FSCTL_DUPLICATE_EXTENTS_TO_FILE works. */
  CLONES,
  /** FSCTL_OFFLOAD_READ and FSCTL_OFFLOAD_WRITE work. */
  OFFLOADS,
  /** A server for macOS, as Samba 4.22 is one: AAPL copyfile works, ids and times of open files do not. */
  COPIES_FOR_APPLE,
  /** All files may have holes; where they are is for a hook to tell. */
  SPARSE,
  /** Nobody is told the ids of files. */
  WITHOUT_IDS,
  /** What a file was when it was closed is not told. */
  CLOSES_WITHOUT_A_WORD
}
