package io.copychunk.message.fsctl;

/** The control codes of the FSCTLs (2.2.31, MS-FSCC 2.3). */
public final class FsctlCode {
  /** FSCTL_SRV_REQUEST_RESUME_KEY. */
  public static final int SRV_REQUEST_RESUME_KEY = 0x00140078;

  /** FSCTL_SRV_COPYCHUNK, for a destination that may be read and written. */
  public static final int SRV_COPYCHUNK = 0x001440F2;

  /** FSCTL_SRV_COPYCHUNK_WRITE, for a destination that may be written. */
  public static final int SRV_COPYCHUNK_WRITE = 0x001480F2;

  /** FSCTL_SRV_ENUMERATE_SNAPSHOTS. */
  public static final int SRV_ENUMERATE_SNAPSHOTS = 0x00144064;

  /** FSCTL_VALIDATE_NEGOTIATE_INFO. */
  public static final int VALIDATE_NEGOTIATE_INFO = 0x00140204;

  /** FSCTL_QUERY_NETWORK_INTERFACE_INFO. */
  public static final int QUERY_NETWORK_INTERFACE_INFO = 0x001401FC;

  /** FSCTL_LMR_REQUEST_RESILIENCY. */
  public static final int LMR_REQUEST_RESILIENCY = 0x001401D4;

  /** FSCTL_DFS_GET_REFERRALS. */
  public static final int DFS_GET_REFERRALS = 0x00060194;

  /** FSCTL_DUPLICATE_EXTENTS_TO_FILE. */
  public static final int DUPLICATE_EXTENTS_TO_FILE = 0x00098344;

  /** FSCTL_DUPLICATE_EXTENTS_TO_FILE_EX. */
  public static final int DUPLICATE_EXTENTS_TO_FILE_EX = 0x000983E8;

  /** FSCTL_OFFLOAD_READ. */
  public static final int OFFLOAD_READ = 0x00094264;

  /** FSCTL_OFFLOAD_WRITE. */
  public static final int OFFLOAD_WRITE = 0x00098268;

  /** FSCTL_QUERY_ALLOCATED_RANGES. */
  public static final int QUERY_ALLOCATED_RANGES = 0x000940CF;

  /** FSCTL_SET_SPARSE. */
  public static final int SET_SPARSE = 0x000900C4;

  /** FSCTL_SET_ZERO_DATA. */
  public static final int SET_ZERO_DATA = 0x000980C8;

  /** FSCTL_GET_INTEGRITY_INFORMATION. */
  public static final int GET_INTEGRITY_INFORMATION = 0x0009027C;

  /** FSCTL_SET_INTEGRITY_INFORMATION. */
  public static final int SET_INTEGRITY_INFORMATION = 0x0009C280;

  /** FSCTL_GET_REPARSE_POINT. */
  public static final int GET_REPARSE_POINT = 0x000900A8;

  /** FSCTL_SET_REPARSE_POINT. */
  public static final int SET_REPARSE_POINT = 0x000900A4;

  /** FSCTL_DELETE_REPARSE_POINT. */
  public static final int DELETE_REPARSE_POINT = 0x000900AC;

  private FsctlCode() {}

  /**
   * The name of a control code, for logs.
   *
   * @param controlCode any
   * @return such as "SRV_COPYCHUNK", or the code in hexadecimal when we know no name
   */
  public static String name(int controlCode) {
    return switch (controlCode) {
      case SRV_REQUEST_RESUME_KEY -> "SRV_REQUEST_RESUME_KEY";
      case SRV_COPYCHUNK -> "SRV_COPYCHUNK";
      case SRV_COPYCHUNK_WRITE -> "SRV_COPYCHUNK_WRITE";
      case SRV_ENUMERATE_SNAPSHOTS -> "SRV_ENUMERATE_SNAPSHOTS";
      case VALIDATE_NEGOTIATE_INFO -> "VALIDATE_NEGOTIATE_INFO";
      case QUERY_NETWORK_INTERFACE_INFO -> "QUERY_NETWORK_INTERFACE_INFO";
      case LMR_REQUEST_RESILIENCY -> "LMR_REQUEST_RESILIENCY";
      case DFS_GET_REFERRALS -> "DFS_GET_REFERRALS";
      case DUPLICATE_EXTENTS_TO_FILE -> "DUPLICATE_EXTENTS_TO_FILE";
      case DUPLICATE_EXTENTS_TO_FILE_EX -> "DUPLICATE_EXTENTS_TO_FILE_EX";
      case OFFLOAD_READ -> "OFFLOAD_READ";
      case OFFLOAD_WRITE -> "OFFLOAD_WRITE";
      case QUERY_ALLOCATED_RANGES -> "QUERY_ALLOCATED_RANGES";
      case SET_SPARSE -> "SET_SPARSE";
      case SET_ZERO_DATA -> "SET_ZERO_DATA";
      case GET_INTEGRITY_INFORMATION -> "GET_INTEGRITY_INFORMATION";
      case SET_INTEGRITY_INFORMATION -> "SET_INTEGRITY_INFORMATION";
      case GET_REPARSE_POINT -> "GET_REPARSE_POINT";
      case SET_REPARSE_POINT -> "SET_REPARSE_POINT";
      case DELETE_REPARSE_POINT -> "DELETE_REPARSE_POINT";
      default -> "0x%08x".formatted(controlCode);
    };
  }
}
