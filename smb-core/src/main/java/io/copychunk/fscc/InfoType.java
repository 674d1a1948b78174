package io.copychunk.fscc;

import io.copychunk.wire.MalformedMessageException;

/** What an information class is about (MS-SMB2 2.2.37, 2.2.39). */
public enum InfoType {
  /** A file or a directory. */
  FILE(1),
  /** The file system that the file is in. */
  FILE_SYSTEM(2),
  /** The security descriptor of the file. */
  SECURITY(3),
  /** Quotas. */
  QUOTA(4);

  private final int code;

  InfoType(int code) {
    this.code = code;
  }

  /**
   * The type of a number.
   *
   * @param code as on the wire
   * @return the type
   */
  public static InfoType of(int code) {
    for (InfoType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new MalformedMessageException("InfoType: " + code + " (expected: 1..4)");
  }

  /**
   * The number on the wire.
   *
   * @return 1 to 4
   */
  public int code() {
    return code;
  }
}
