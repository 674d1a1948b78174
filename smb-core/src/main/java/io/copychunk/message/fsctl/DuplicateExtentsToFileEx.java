package io.copychunk.message.fsctl;

import io.copychunk.wire.FileId;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_DUPLICATE_EXTENTS_TO_FILE_EX (MS-FSCC 2.3.9), for the target: it shares blocks of the source.
 *
 * @param sourceFileId the open of the source
 * @param sourceFileOffset where the range starts in the source, 0 to 2<sup>63</sup>-1
 * @param targetFileOffset where it goes in the target, 0 to 2<sup>63</sup>-1
 * @param byteCount bytes, 0 to 2<sup>63</sup>-1
 * @param sourceAtomic whether the range is to be taken as it is at one moment
 */
public record DuplicateExtentsToFileEx(
    FileId sourceFileId,
    long sourceFileOffset,
    long targetFileOffset,
    long byteCount,
    boolean sourceAtomic)
    implements Fsctl<NoOutput> {
  /** What the specification asks for, although the structure of SMB2 has 56 bytes. */
  private static final long STRUCTURE_SIZE = 0x30;

  private static final int SOURCE_ATOMIC = 1;

  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static DuplicateExtentsToFileEx readInput(WireReader in) {
    in.skip(8); // StructureSize
    FileId sourceFileId = in.fileId();
    long sourceFileOffset = in.size64("SourceFileOffset");
    long targetFileOffset = in.size64("TargetFileOffset");
    long byteCount = in.size64("ByteCount");
    boolean sourceAtomic = (in.bits32() & SOURCE_ATOMIC) != 0;
    in.skip(4); // Reserved
    return new DuplicateExtentsToFileEx(
        sourceFileId, sourceFileOffset, targetFileOffset, byteCount, sourceAtomic);
  }

  @Override
  public int controlCode() {
    return FsctlCode.DUPLICATE_EXTENTS_TO_FILE_EX;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 StructureSize 8, 0x30 | 8 SourceFileId 16 | 24 SourceFileOffset 8 | 32 TargetFileOffset 8
    // 40 ByteCount 8          | 48 Flags 4        | 52 Reserved 4
    out.bits64(STRUCTURE_SIZE).fileId(sourceFileId).bits64(sourceFileOffset);
    out.bits64(targetFileOffset)
        .bits64(byteCount)
        .bits32(sourceAtomic ? SOURCE_ATOMIC : 0)
        .u32(0);
  }

  @Override
  public long maxOutputResponse() {
    return 0;
  }

  @Override
  public NoOutput readOutput(WireReader in) {
    return NoOutput.read(in);
  }
}
