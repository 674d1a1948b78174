package io.copychunk.message;

/**
 * How a file is opened (2.2.13).
 *
 * @param bits as on the wire
 */
public record CreateOptions(int bits) {
  /** No option. */
  public static final CreateOptions NONE = new CreateOptions(0);

  /** It must be, or becomes, a directory. */
  public static final CreateOptions DIRECTORY_FILE = new CreateOptions(0x1);

  /** Written data reaches the storage before the answer. */
  public static final CreateOptions WRITE_THROUGH = new CreateOptions(0x2);

  /** Access will be sequential. */
  public static final CreateOptions SEQUENTIAL_ONLY = new CreateOptions(0x4);

  /** The server does not cache. */
  public static final CreateOptions NO_INTERMEDIATE_BUFFERING = new CreateOptions(0x8);

  /** It must not be a directory. */
  public static final CreateOptions NON_DIRECTORY_FILE = new CreateOptions(0x40);

  /** Fail when there are extended attributes that must be understood. */
  public static final CreateOptions NO_EA_KNOWLEDGE = new CreateOptions(0x200);

  /** Access will be random. */
  public static final CreateOptions RANDOM_ACCESS = new CreateOptions(0x800);

  /** The file is deleted when its last open is closed; needs the right DELETE. */
  public static final CreateOptions DELETE_ON_CLOSE = new CreateOptions(0x1000);

  /** Backup privileges are to be used. */
  public static final CreateOptions OPEN_FOR_BACKUP_INTENT = new CreateOptions(0x4000);

  /** The file is not compressed. */
  public static final CreateOptions NO_COMPRESSION = new CreateOptions(0x8000);

  /** The reparse point itself is opened, not what it leads to. */
  public static final CreateOptions OPEN_REPARSE_POINT = new CreateOptions(0x200000);

  /** Nothing is fetched from remote storage. */
  public static final CreateOptions OPEN_NO_RECALL = new CreateOptions(0x400000);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(CreateOptions other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public CreateOptions with(CreateOptions other) {
    return new CreateOptions(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
