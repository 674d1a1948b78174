package io.copychunk.wire;

import java.util.HashMap;
import java.util.Map;

/**
 * A status of a response (MS-ERREF 2.3). Values that have no constant here survive as they are.
 *
 * @param code the 32 bits
 */
public record NtStatus(int code) {
  private static final Map<Integer, Named> KNOWN = new HashMap<>();

  /** The operation completed. */
  public static final NtStatus SUCCESS = known(0x0000_0000, "SUCCESS", "The operation completed");

  /** Interim: the answer comes later. */
  public static final NtStatus PENDING =
      known(0x0000_0103, "PENDING", "Interim: the answer comes later");

  /** Too many changes to list. */
  public static final NtStatus NOTIFY_ENUM_DIR =
      known(0x0000_010C, "NOTIFY_ENUM_DIR", "Too many changes to list");

  /** The data did not fit; what fitted was returned. */
  public static final NtStatus BUFFER_OVERFLOW =
      known(0x8000_0005, "BUFFER_OVERFLOW", "The data did not fit; what fitted was returned");

  /** The directory has no more entries. */
  public static final NtStatus NO_MORE_FILES =
      known(0x8000_0006, "NO_MORE_FILES", "The directory has no more entries");

  /** The path goes through a symbolic link. */
  public static final NtStatus STOPPED_ON_SYMLINK =
      known(0x8000_002D, "STOPPED_ON_SYMLINK", "The path goes through a symbolic link");

  /** The operation failed. */
  public static final NtStatus UNSUCCESSFUL =
      known(0xC000_0001, "UNSUCCESSFUL", "The operation failed");

  /** The server does not implement it. */
  public static final NtStatus NOT_IMPLEMENTED =
      known(0xC000_0002, "NOT_IMPLEMENTED", "The server does not implement it");

  /** No such information class. */
  public static final NtStatus INVALID_INFO_CLASS =
      known(0xC000_0003, "INVALID_INFO_CLASS", "No such information class");

  /** The length does not fit the information class. */
  public static final NtStatus INFO_LENGTH_MISMATCH =
      known(0xC000_0004, "INFO_LENGTH_MISMATCH", "The length does not fit the information class");

  /** No such handle. */
  public static final NtStatus INVALID_HANDLE =
      known(0xC000_0008, "INVALID_HANDLE", "No such handle");

  /** A parameter is wrong. */
  public static final NtStatus INVALID_PARAMETER =
      known(0xC000_000D, "INVALID_PARAMETER", "A parameter is wrong");

  /** No such device. */
  public static final NtStatus NO_SUCH_DEVICE =
      known(0xC000_000E, "NO_SUCH_DEVICE", "No such device");

  /** No such file. */
  public static final NtStatus NO_SUCH_FILE = known(0xC000_000F, "NO_SUCH_FILE", "No such file");

  /** The device or file system can not do it. */
  public static final NtStatus INVALID_DEVICE_REQUEST =
      known(0xC000_0010, "INVALID_DEVICE_REQUEST", "The device or file system can not do it");

  /** Beyond the end of the file. */
  public static final NtStatus END_OF_FILE =
      known(0xC000_0011, "END_OF_FILE", "Beyond the end of the file");

  /** Another leg is needed. */
  public static final NtStatus MORE_PROCESSING_REQUIRED =
      known(0xC000_0016, "MORE_PROCESSING_REQUIRED", "Another leg is needed");

  /** The server has no memory left. */
  public static final NtStatus NO_MEMORY =
      known(0xC000_0017, "NO_MEMORY", "The server has no memory left");

  /** The range is beyond the end of the source. */
  public static final NtStatus INVALID_VIEW_SIZE =
      known(0xC000_001F, "INVALID_VIEW_SIZE", "The range is beyond the end of the source");

  /** Permission is missing. */
  public static final NtStatus ACCESS_DENIED =
      known(0xC000_0022, "ACCESS_DENIED", "Permission is missing");

  /** The output buffer is too small. */
  public static final NtStatus BUFFER_TOO_SMALL =
      known(0xC000_0023, "BUFFER_TOO_SMALL", "The output buffer is too small");

  /** The name is not valid. */
  public static final NtStatus OBJECT_NAME_INVALID =
      known(0xC000_0033, "OBJECT_NAME_INVALID", "The name is not valid");

  /** No object has this name. */
  public static final NtStatus OBJECT_NAME_NOT_FOUND =
      known(0xC000_0034, "OBJECT_NAME_NOT_FOUND", "No object has this name");

  /** The name exists already. */
  public static final NtStatus OBJECT_NAME_COLLISION =
      known(0xC000_0035, "OBJECT_NAME_COLLISION", "The name exists already");

  /** The path is not valid. */
  public static final NtStatus OBJECT_PATH_INVALID =
      known(0xC000_0039, "OBJECT_PATH_INVALID", "The path is not valid");

  /** A directory of the path does not exist. */
  public static final NtStatus OBJECT_PATH_NOT_FOUND =
      known(0xC000_003A, "OBJECT_PATH_NOT_FOUND", "A directory of the path does not exist");

  /** The path's syntax is wrong. */
  public static final NtStatus OBJECT_PATH_SYNTAX_BAD =
      known(0xC000_003B, "OBJECT_PATH_SYNTAX_BAD", "The path's syntax is wrong");

  /** Another open forbids it. */
  public static final NtStatus SHARING_VIOLATION =
      known(0xC000_0043, "SHARING_VIOLATION", "Another open forbids it");

  /** The quota is used up. */
  public static final NtStatus QUOTA_EXCEEDED =
      known(0xC000_0044, "QUOTA_EXCEEDED", "The quota is used up");

  /** There are no extended attributes here. */
  public static final NtStatus EAS_NOT_SUPPORTED =
      known(0xC000_004F, "EAS_NOT_SUPPORTED", "The file system has no extended attributes");

  /** The file has no extended attributes. */
  public static final NtStatus NO_EAS_ON_FILE =
      known(0xC000_0052, "NO_EAS_ON_FILE", "The file has no extended attributes");

  /** The extended attributes are too large. */
  public static final NtStatus EA_TOO_LARGE =
      known(0xC000_0050, "EA_TOO_LARGE", "The extended attributes are too large");

  /** A byte-range lock forbids it. */
  public static final NtStatus FILE_LOCK_CONFLICT =
      known(0xC000_0054, "FILE_LOCK_CONFLICT", "A byte-range lock forbids it");

  /** A byte-range lock could not be had. */
  public static final NtStatus LOCK_NOT_GRANTED =
      known(0xC000_0055, "LOCK_NOT_GRANTED", "A byte-range lock could not be had");

  /** The file is about to be deleted. */
  public static final NtStatus DELETE_PENDING =
      known(0xC000_0056, "DELETE_PENDING", "The file is about to be deleted");

  /** No logon server is reachable. */
  public static final NtStatus NO_LOGON_SERVERS =
      known(0xC000_005E, "NO_LOGON_SERVERS", "No logon server is reachable");

  /** No such user. */
  public static final NtStatus NO_SUCH_USER = known(0xC000_0064, "NO_SUCH_USER", "No such user");

  /** The password is wrong. */
  public static final NtStatus WRONG_PASSWORD =
      known(0xC000_006A, "WRONG_PASSWORD", "The password is wrong");

  /** The user name or the password is wrong. */
  public static final NtStatus LOGON_FAILURE =
      known(0xC000_006D, "LOGON_FAILURE", "The user name or the password is wrong");

  /** The account is restricted. */
  public static final NtStatus ACCOUNT_RESTRICTION =
      known(0xC000_006E, "ACCOUNT_RESTRICTION", "The account is restricted");

  /** The account may not log on at this time. */
  public static final NtStatus INVALID_LOGON_HOURS =
      known(0xC000_006F, "INVALID_LOGON_HOURS", "The account may not log on at this time");

  /** The account may not log on from this workstation. */
  public static final NtStatus INVALID_WORKSTATION =
      known(0xC000_0070, "INVALID_WORKSTATION", "The account may not log on from this workstation");

  /** The password has expired. */
  public static final NtStatus PASSWORD_EXPIRED =
      known(0xC000_0071, "PASSWORD_EXPIRED", "The password has expired");

  /** The account is disabled. */
  public static final NtStatus ACCOUNT_DISABLED =
      known(0xC000_0072, "ACCOUNT_DISABLED", "The account is disabled");

  /** No space is left. */
  public static final NtStatus DISK_FULL = known(0xC000_007F, "DISK_FULL", "No space is left");

  /** The server lacks resources. */
  public static final NtStatus INSUFFICIENT_RESOURCES =
      known(0xC000_009A, "INSUFFICIENT_RESOURCES", "The server lacks resources");

  /** The medium is write-protected. */
  public static final NtStatus MEDIA_WRITE_PROTECTED =
      known(0xC000_00A2, "MEDIA_WRITE_PROTECTED", "The medium is write-protected");

  /** The server timed out. */
  public static final NtStatus IO_TIMEOUT =
      known(0xC000_00B5, "IO_TIMEOUT", "The server timed out");

  /** It is a directory. */
  public static final NtStatus FILE_IS_A_DIRECTORY =
      known(0xC000_00BA, "FILE_IS_A_DIRECTORY", "It is a directory");

  /** The server does not support it. */
  public static final NtStatus NOT_SUPPORTED =
      known(0xC000_00BB, "NOT_SUPPORTED", "The server does not support it");

  /** The tree connect is gone. */
  public static final NtStatus NETWORK_NAME_DELETED =
      known(0xC000_00C9, "NETWORK_NAME_DELETED", "The tree connect is gone");

  /** Network access is denied. */
  public static final NtStatus NETWORK_ACCESS_DENIED =
      known(0xC000_00CA, "NETWORK_ACCESS_DENIED", "Network access is denied");

  /** No such share. */
  public static final NtStatus BAD_NETWORK_NAME =
      known(0xC000_00CC, "BAD_NETWORK_NAME", "No such share");

  /** The server accepts no more of them. */
  public static final NtStatus REQUEST_NOT_ACCEPTED =
      known(0xC000_00D0, "REQUEST_NOT_ACCEPTED", "The server accepts no more of them");

  /** Source and target are on different volumes. */
  public static final NtStatus NOT_SAME_DEVICE =
      known(0xC000_00D4, "NOT_SAME_DEVICE", "The files are on different volumes");

  /** The server failed. */
  public static final NtStatus INTERNAL_ERROR =
      known(0xC000_00E5, "INTERNAL_ERROR", "The server failed");

  /** The server met an unexpected error. */
  public static final NtStatus UNEXPECTED_IO_ERROR =
      known(0xC000_00E9, "UNEXPECTED_IO_ERROR", "The server met an unexpected error");

  /** The directory is not empty. */
  public static final NtStatus DIRECTORY_NOT_EMPTY =
      known(0xC000_0101, "DIRECTORY_NOT_EMPTY", "The directory is not empty");

  /** It is not a directory. */
  public static final NtStatus NOT_A_DIRECTORY =
      known(0xC000_0103, "NOT_A_DIRECTORY", "It is not a directory");

  /** Too many files are open. */
  public static final NtStatus TOO_MANY_OPENED_FILES =
      known(0xC000_011F, "TOO_MANY_OPENED_FILES", "Too many files are open");

  /** The request was cancelled. */
  public static final NtStatus CANCELLED =
      known(0xC000_0120, "CANCELLED", "The request was cancelled");

  /** It can not be deleted. */
  public static final NtStatus CANNOT_DELETE =
      known(0xC000_0121, "CANNOT_DELETE", "It can not be deleted");

  /** The file was deleted. */
  public static final NtStatus FILE_DELETED =
      known(0xC000_0123, "FILE_DELETED", "The file was deleted");

  /** No such open. */
  public static final NtStatus FILE_CLOSED = known(0xC000_0128, "FILE_CLOSED", "No such open");

  /** The account may not log on over the network. */
  public static final NtStatus LOGON_TYPE_NOT_GRANTED =
      known(0xC000_015B, "LOGON_TYPE_NOT_GRANTED", "The account may not log on over the network");

  /** The device failed. */
  public static final NtStatus IO_DEVICE_ERROR =
      known(0xC000_0185, "IO_DEVICE_ERROR", "The device failed");

  /** The trust with the domain failed. */
  public static final NtStatus TRUSTED_RELATIONSHIP_FAILURE =
      known(0xC000_018D, "TRUSTED_RELATIONSHIP_FAILURE", "The trust with the domain failed");

  /** The logon service does not run. */
  public static final NtStatus NETLOGON_NOT_STARTED =
      known(0xC000_0192, "NETLOGON_NOT_STARTED", "The logon service does not run");

  /** The user may not do that. */
  public static final NtStatus PRIVILEGE_NOT_HELD =
      known(0xC000_0061, "PRIVILEGE_NOT_HELD", "A privilege is missing");

  /** It is no link, or there are none here. */
  public static final NtStatus NOT_A_REPARSE_POINT =
      known(0xC000_0275, "NOT_A_REPARSE_POINT", "It is no reparse point, or there are none here");

  /** The server does not know this kind of reparse point. */
  public static final NtStatus IO_REPARSE_TAG_INVALID =
      known(0xC000_0276, "IO_REPARSE_TAG_INVALID", "The reparse tag is not valid");

  /** Nobody there can tell what this kind of reparse point leads to. */
  public static final NtStatus IO_REPARSE_TAG_NOT_HANDLED =
      known(0xC000_0279, "IO_REPARSE_TAG_NOT_HANDLED", "Nobody there handles the reparse tag");

  /** A file system driver is missing. */
  public static final NtStatus FS_DRIVER_REQUIRED =
      known(0xC000_019C, "FS_DRIVER_REQUIRED", "A file system driver is missing");

  /** The session is gone. */
  public static final NtStatus USER_SESSION_DELETED =
      known(0xC000_0203, "USER_SESSION_DELETED", "The session is gone");

  /** The server lacks resources. */
  public static final NtStatus INSUFF_SERVER_RESOURCES =
      known(0xC000_0205, "INSUFF_SERVER_RESOURCES", "The server lacks resources");

  /** The connection was cut. */
  public static final NtStatus CONNECTION_DISCONNECTED =
      known(0xC000_020C, "CONNECTION_DISCONNECTED", "The connection was cut");

  /** The connection was reset. */
  public static final NtStatus CONNECTION_RESET =
      known(0xC000_020D, "CONNECTION_RESET", "The connection was reset");

  /** The password must be changed first. */
  public static final NtStatus PASSWORD_MUST_CHANGE =
      known(0xC000_0224, "PASSWORD_MUST_CHANGE", "The password must be changed first");

  /** Not found. */
  public static final NtStatus NOT_FOUND = known(0xC000_0225, "NOT_FOUND", "Not found");

  /** The account is locked. */
  public static final NtStatus ACCOUNT_LOCKED_OUT =
      known(0xC000_0234, "ACCOUNT_LOCKED_OUT", "The account is locked");

  /** The path is elsewhere (DFS). */
  public static final NtStatus PATH_NOT_COVERED =
      known(0xC000_0257, "PATH_NOT_COVERED", "The path is elsewhere (DFS)");

  /** The session has expired. */
  public static final NtStatus NETWORK_SESSION_EXPIRED =
      known(0xC000_035C, "NETWORK_SESSION_EXPIRED", "The session has expired");

  /** The file system can not hold so much. */
  public static final NtStatus FILE_SYSTEM_LIMITATION =
      known(0xC000_0427, "FILE_SYSTEM_LIMITATION", "The file system can not hold so much");

  /** The device has no offload. */
  public static final NtStatus DEVICE_FEATURE_NOT_SUPPORTED =
      known(0xC000_0463, "DEVICE_FEATURE_NOT_SUPPORTED", "The device has no offload");

  /** The device is unreachable. */
  public static final NtStatus DEVICE_UNREACHABLE =
      known(0xC000_0464, "DEVICE_UNREACHABLE", "The device is unreachable");

  /** The token is not valid. */
  public static final NtStatus INVALID_TOKEN =
      known(0xC000_0465, "INVALID_TOKEN", "The token is not valid");

  /** The server is unavailable. */
  public static final NtStatus SERVER_UNAVAILABLE =
      known(0xC000_0466, "SERVER_UNAVAILABLE", "The server is unavailable");

  /** The file is unavailable for now. */
  public static final NtStatus FILE_NOT_AVAILABLE =
      known(0xC000_0467, "FILE_NOT_AVAILABLE", "The file is unavailable for now");

  /** The share is unavailable. */
  public static final NtStatus SHARE_UNAVAILABLE =
      known(0xC000_0480, "SHARE_UNAVAILABLE", "The share is unavailable");

  /** The disk quota is used up. */
  public static final NtStatus DISK_QUOTA_EXCEEDED =
      known(0xC000_0802, "DISK_QUOTA_EXCEEDED", "The disk quota is used up");

  /** A filter has no offload read. */
  public static final NtStatus OFFLOAD_READ_FLT_NOT_SUPPORTED =
      known(0xC000_A2A1, "OFFLOAD_READ_FLT_NOT_SUPPORTED", "A filter has no offload read");

  /** A filter has no offload write. */
  public static final NtStatus OFFLOAD_WRITE_FLT_NOT_SUPPORTED =
      known(0xC000_A2A2, "OFFLOAD_WRITE_FLT_NOT_SUPPORTED", "A filter has no offload write");

  /** The file can not be read by offload. */
  public static final NtStatus OFFLOAD_READ_FILE_NOT_SUPPORTED =
      known(0xC000_A2A3, "OFFLOAD_READ_FILE_NOT_SUPPORTED", "The file can not be read by offload");

  /** The file can not be written by offload. */
  public static final NtStatus OFFLOAD_WRITE_FILE_NOT_SUPPORTED = known(
      0xC000_A2A4, "OFFLOAD_WRITE_FILE_NOT_SUPPORTED", "The file can not be written by offload");

  /** No common preauthentication hash. */
  public static final NtStatus SMB_NO_PREAUTH_INTEGRITY_HASH_OVERLAP = known(
      0xC05D_0000, "SMB_NO_PREAUTH_INTEGRITY_HASH_OVERLAP", "No common preauthentication hash");

  private record Named(NtStatus status, String name, String meaning) {}

  private static NtStatus known(int code, String name, String meaning) {
    NtStatus status = new NtStatus(code);
    KNOWN.put(code, new Named(status, "STATUS_" + name, meaning));
    return status;
  }

  /**
   * The status with a code.
   *
   * @param code the 32 bits
   * @return the status
   */
  public static NtStatus of(int code) {
    if (code == 0) {
      return SUCCESS;
    }
    Named named = KNOWN.get(code);
    return named == null ? new NtStatus(code) : named.status;
  }

  /**
   * Whether the severity is success or information.
   *
   * @return whether the two highest bits are 00 or 01
   */
  public boolean isSuccess() {
    return code >= 0;
  }

  /**
   * The name that the specification gives it.
   *
   * @return such as "STATUS_ACCESS_DENIED", or "STATUS 0xc0001234" when we know no name
   */
  public String name() {
    Named named = KNOWN.get(code);
    return named == null ? "STATUS " + hex() : named.name;
  }

  /**
   * What it means, for people.
   *
   * @return a few words, or the name when we know none
   */
  public String meaning() {
    Named named = KNOWN.get(code);
    return named == null ? name() : named.meaning;
  }

  /** The name and the code, such as "STATUS_ACCESS_DENIED (0xc0000022)". */
  @Override
  public String toString() {
    Named named = KNOWN.get(code);
    return named == null ? name() : named.name + " (" + hex() + ")";
  }

  private String hex() {
    return "0x%08x".formatted(code);
  }
}
