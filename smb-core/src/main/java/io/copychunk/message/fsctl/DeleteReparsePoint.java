package io.copychunk.message.fsctl;

import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.fscc.ReparseTag;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * FSCTL_DELETE_REPARSE_POINT (MS-FSCC 2.3.5): makes an ordinary file or directory of a reparse point.
 *
 * @param tag the tag that it has
 * @param guid whose it is, if the tag is not one of Microsoft's; else null
 */
public record DeleteReparsePoint(ReparseTag tag, @Nullable Guid guid) implements Fsctl<NoOutput> {
  /**
   * Reads the input, whose data is of no meaning.
   *
   * @param in the input alone
   * @return the input
   */
  public static DeleteReparsePoint readInput(WireReader in) {
    ReparseDataBuffer input = ReparseDataBuffer.read(in);
    return new DeleteReparsePoint(input.tag(), input.guid());
  }

  @Override
  public int controlCode() {
    return FsctlCode.DELETE_REPARSE_POINT;
  }

  @Override
  public void writeInput(WireWriter out) {
    new ReparseDataBuffer(tag, guid, Octets.EMPTY).write(out);
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
