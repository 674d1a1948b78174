package io.copychunk.wire;

/**
 * SMB2_FILEID (2.2.14.1): names an open of one session.
 *
 * @param persistent the persistent half
 * @param volatileId the volatile half
 */
public record FileId(long persistent, long volatileId) {
  /** All bits set: "the open that the previous request of this related compound made". */
  public static final FileId PREVIOUS = new FileId(-1, -1);

  @Override
  public String toString() {
    return "0x%016x:0x%016x".formatted(persistent, volatileId);
  }
}
