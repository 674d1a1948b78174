package io.copychunk.client.copy.internal;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import org.jspecify.annotations.Nullable;

/** Which times and attributes of a source its copy is to have in the end; null for none. Immutable. */
public final class Basics {
  private final boolean times;
  private final boolean attributes;

  /**
   * Says which.
   *
   * @param times when it was created, last read and last written
   * @param attributes those that can be set
   */
  public Basics(boolean times, boolean attributes) {
    this.times = times;
    this.attributes = attributes;
  }

  /** Whether there is anything of them. */
  public boolean areAny() {
    return times || attributes;
  }

  /** As its directory says. */
  public @Nullable FileBasicInformation of(FileIdBothDirectoryInformation entry) {
    return of(
        entry.creationTime(),
        entry.lastAccessTime(),
        entry.lastWriteTime(),
        entry.fileAttributes());
  }

  /** As it said when it was opened. */
  public @Nullable FileBasicInformation of(FileNetworkOpenInformation opened) {
    return of(
        opened.creationTime(),
        opened.lastAccessTime(),
        opened.lastWriteTime(),
        opened.fileAttributes());
  }

  /**
   * As it said when it was opened, but for attributes that its copy has from the beginning: to set them
   * once more makes a server write them once more. Without ARCHIVE they do not stay, for whatever is done
   * to a file sets it.
   *
   * @param source what is copied
   * @param copy what its copy said when it was opened or made
   */
  public @Nullable FileBasicInformation of(
      FileNetworkOpenInformation source, FileNetworkOpenInformation copy) {
    FileAttributes present = copy.fileAttributes().settable();
    boolean stay = present.has(FileAttributes.ARCHIVE)
        && present.equals(source.fileAttributes().settable());
    return new Basics(times, attributes && !stay).of(source);
  }

  private @Nullable FileBasicInformation of(
      long created, long accessed, long written, FileAttributes all) {
    return areAny()
        ? new FileBasicInformation(
            times ? created : 0,
            times ? accessed : 0,
            times ? written : 0,
            0,
            attributes ? all.settable() : FileAttributes.NONE)
        : null;
  }
}
