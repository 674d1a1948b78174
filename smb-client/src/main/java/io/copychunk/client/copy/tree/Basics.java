package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.Preserve;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import org.jspecify.annotations.Nullable;

/** Which times and attributes a directory is to have in the end; null for none. Immutable. */
final class Basics {
  private final boolean times;
  private final boolean attributes;

  Basics(CopyOptions options) {
    this.times = options.preserve().contains(Preserve.TIMES);
    this.attributes = options.preserve().contains(Preserve.ATTRIBUTES);
  }

  @Nullable
  FileBasicInformation of(FileIdBothDirectoryInformation entry) {
    return of(
        entry.creationTime(),
        entry.lastAccessTime(),
        entry.lastWriteTime(),
        entry.fileAttributes());
  }

  @Nullable
  FileBasicInformation of(FileNetworkOpenInformation opened) {
    return of(
        opened.creationTime(),
        opened.lastAccessTime(),
        opened.lastWriteTime(),
        opened.fileAttributes());
  }

  private @Nullable FileBasicInformation of(
      long created, long accessed, long written, FileAttributes all) {
    return times || attributes
        ? new FileBasicInformation(
            times ? created : 0,
            times ? accessed : 0,
            times ? written : 0,
            0,
            attributes ? all.settable() : FileAttributes.NONE)
        : null;
  }
}
