package io.copychunk.client.copy;

import java.util.Locale;

/** The ways to copy data, the best first. */
public enum CopyMethod {
  /** The target shares the blocks of the source: FSCTL_DUPLICATE_EXTENTS_TO_FILE. */
  CLONE,
  /** The storage copies: FSCTL_OFFLOAD_READ and FSCTL_OFFLOAD_WRITE, known as ODX. */
  OFFLOAD,
  /** The server copies: FSCTL_SRV_COPYCHUNK_WRITE. */
  COPYCHUNK,
  /** The data goes through the client: READ and WRITE. */
  STREAM;

  /**
   * Whether the data stays with the server.
   *
   * @return true but for {@link #STREAM}
   */
  public boolean isServerSide() {
    return this != STREAM;
  }

  /** The name in lower case, as the command has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
