package io.copychunk.message.fsctl;

import io.copychunk.wire.FileId;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_DUPLICATE_EXTENTS_TO_FILE (MS-FSCC 2.3.7), for the target: it shares blocks of the source.
 *
 * @param sourceFileId the open of the source
 * @param sourceFileOffset where the range starts in the source, 0 to 2<sup>63</sup>-1
 * @param targetFileOffset where it goes in the target, 0 to 2<sup>63</sup>-1
 * @param byteCount bytes, 0 to 2<sup>63</sup>-1
 */
public record DuplicateExtentsToFile(
    FileId sourceFileId, long sourceFileOffset, long targetFileOffset, long byteCount)
    implements Fsctl<NoOutput> {
  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static DuplicateExtentsToFile readInput(WireReader in) {
    return new DuplicateExtentsToFile(
        in.fileId(),
        in.size64("SourceFileOffset"),
        in.size64("TargetFileOffset"),
        in.size64("ByteCount"));
  }

  @Override
  public int controlCode() {
    return FsctlCode.DUPLICATE_EXTENTS_TO_FILE;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 SourceFileId 16 | 16 SourceFileOffset 8 | 24 TargetFileOffset 8 | 32 ByteCount 8
    out.fileId(sourceFileId).bits64(sourceFileOffset).bits64(targetFileOffset).bits64(byteCount);
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
