package io.copychunk.client;

/**
 * The 24 bytes of a resume key, read as the {@code SRV_RESUME_KEY} of the old DeviceIoControl
 * documentation. <strong>A diagnostic view only</strong>: the bytes are opaque, and servers fill them
 * as they like. Samba puts its file id into the first two fields, so that the timestamp is none.
 *
 * @param resumeKey bytes 0 to 7, little-endian
 * @param timestamp bytes 8 to 15, little-endian
 * @param pid bytes 16 to 23, little-endian
 */
public record LegacyResumeKeyView(long resumeKey, long timestamp, long pid) {
  /** Nothing of the key, which is as good as the file to whoever reads a log within the session. */
  @Override
  public String toString() {
    return "LegacyResumeKeyView[not shown]";
  }
}
