package io.copychunk.wire;

/** The SMB2 commands (2.2.1.2), in the order of their codes. */
public enum Command {
  /** 0x0000. */
  NEGOTIATE,
  /** 0x0001. */
  SESSION_SETUP,
  /** 0x0002. */
  LOGOFF,
  /** 0x0003. */
  TREE_CONNECT,
  /** 0x0004. */
  TREE_DISCONNECT,
  /** 0x0005. */
  CREATE,
  /** 0x0006. */
  CLOSE,
  /** 0x0007. */
  FLUSH,
  /** 0x0008. */
  READ,
  /** 0x0009. */
  WRITE,
  /** 0x000A. */
  LOCK,
  /** 0x000B. */
  IOCTL,
  /** 0x000C. */
  CANCEL,
  /** 0x000D. */
  ECHO,
  /** 0x000E. */
  QUERY_DIRECTORY,
  /** 0x000F. */
  CHANGE_NOTIFY,
  /** 0x0010. */
  QUERY_INFO,
  /** 0x0011. */
  SET_INFO,
  /** 0x0012. */
  OPLOCK_BREAK,
  /** 0x0013. */
  SERVER_TO_CLIENT_NOTIFICATION;

  private static final Command[] BY_CODE = values();

  /**
   * The command with a code.
   *
   * @param code 0 to 19
   * @return the command
   * @throws MalformedMessageException for any other code
   */
  public static Command of(int code) {
    if (code >= BY_CODE.length) {
      throw new MalformedMessageException("Command: " + code + " (expected: 0..19)");
    }
    return BY_CODE[code];
  }

  /**
   * The command's code.
   *
   * @return 0 to 19
   */
  public int code() {
    return ordinal();
  }
}
