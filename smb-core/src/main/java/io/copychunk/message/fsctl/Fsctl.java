package io.copychunk.message.fsctl;

import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The input of a file system control, which knows how its output is read.
 *
 * @param <O> the output
 */
public sealed interface Fsctl<O>
    permits SrvRequestResumeKey,
        SrvCopyChunkCopy,
        ValidateNegotiateInfo,
        DuplicateExtentsToFile,
        DuplicateExtentsToFileEx,
        OffloadRead,
        OffloadWrite,
        QueryAllocatedRanges,
        SetSparse,
        SetZeroData,
        GetIntegrityInformation,
        SetIntegrityInformation,
        GetReparsePoint,
        SetReparsePoint,
        DeleteReparsePoint,
        RawFsctl {
  /**
   * Reads the input of any FSCTL, for scripted servers and fuzzers.
   *
   * @param controlCode what the request names
   * @param in the input alone
   * @param maxOutputResponse bytes of output that the request allows, 0 to 2<sup>32</sup>-1
   * @return a {@link RawFsctl} for a control code that has no type here
   */
  static Fsctl<?> readInput(int controlCode, WireReader in, long maxOutputResponse) {
    return switch (controlCode) {
      case FsctlCode.SRV_REQUEST_RESUME_KEY -> new SrvRequestResumeKey(maxOutputResponse);
      case FsctlCode.SRV_COPYCHUNK -> SrvCopyChunkCopy.readInput(in, false);
      case FsctlCode.SRV_COPYCHUNK_WRITE -> SrvCopyChunkCopy.readInput(in, true);
      case FsctlCode.VALIDATE_NEGOTIATE_INFO -> ValidateNegotiateInfo.readInput(in);
      case FsctlCode.DUPLICATE_EXTENTS_TO_FILE -> DuplicateExtentsToFile.readInput(in);
      case FsctlCode.DUPLICATE_EXTENTS_TO_FILE_EX -> DuplicateExtentsToFileEx.readInput(in);
      case FsctlCode.OFFLOAD_READ -> OffloadRead.readInput(in);
      case FsctlCode.OFFLOAD_WRITE -> OffloadWrite.readInput(in);
      case FsctlCode.QUERY_ALLOCATED_RANGES -> QueryAllocatedRanges.readInput(in);
      case FsctlCode.SET_SPARSE -> SetSparse.readInput(in);
      case FsctlCode.SET_ZERO_DATA -> SetZeroData.readInput(in);
      case FsctlCode.GET_INTEGRITY_INFORMATION -> GetIntegrityInformation.readInput(in);
      case FsctlCode.SET_INTEGRITY_INFORMATION -> SetIntegrityInformation.readInput(in);
      case FsctlCode.GET_REPARSE_POINT -> GetReparsePoint.readInput(in);
      case FsctlCode.SET_REPARSE_POINT -> SetReparsePoint.readInput(in);
      case FsctlCode.DELETE_REPARSE_POINT -> DeleteReparsePoint.readInput(in);
      default -> new RawFsctl(controlCode, in.rest(), maxOutputResponse);
    };
  }

  /**
   * The control code.
   *
   * @return see {@link FsctlCode}
   */
  int controlCode();

  /**
   * Writes the input.
   *
   * @param out where it goes
   */
  void writeInput(WireWriter out);

  /**
   * How large the output may be.
   *
   * @return bytes, 0 to 2<sup>32</sup>-1
   */
  long maxOutputResponse();

  /**
   * Reads the output.
   *
   * @param in the output alone
   * @return what the server answered
   */
  O readOutput(WireReader in);

  /**
   * What may be believed of an output that came along with a failing status.
   *
   * @param status a failing status
   * @param output the output
   * @return the same, or no bytes when it can not be true
   */
  default Octets believable(NtStatus status, Octets output) {
    return output;
  }

  /**
   * Whether an output that was cut to what was allowed is of use.
   *
   * @return by default false: it is an error
   */
  default boolean acceptsOverflow() {
    return false;
  }
}
