package io.copychunk.message.fsctl;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SRV_COPYCHUNK_RESPONSE (2.2.32.1): how far the copy got, or, under STATUS_INVALID_PARAMETER, the
 * server's limits. All values are 0 to 2<sup>32</sup>-1.
 *
 * @param chunksWritten chunks that were copied; or the most that one request may have
 * @param chunkBytesWritten bytes of the chunk that failed midway; or the most that a chunk may have
 * @param totalBytesWritten bytes of all chunks; or the most that one request may copy
 */
public record SrvCopyChunkResponse(
    long chunksWritten, long chunkBytesWritten, long totalBytesWritten) {
  /** The size of the output in bytes. */
  public static final int SIZE = 12;

  /**
   * Reads the output.
   *
   * @param in the output alone
   * @return the response
   */
  public static SrvCopyChunkResponse readOutput(WireReader in) {
    if (in.remaining() != SIZE) {
      throw new MalformedMessageException(
          "OutputCount: " + in.remaining() + " (expected: " + SIZE + ")");
    }
    return new SrvCopyChunkResponse(in.u32(), in.u32(), in.u32());
  }

  /**
   * Writes the output.
   *
   * @param out where it goes
   */
  public void writeOutput(WireWriter out) {
    // 0 ChunksWritten 4 | 4 ChunkBytesWritten 4 | 8 TotalBytesWritten 4
    out.u32(chunksWritten).u32(chunkBytesWritten).u32(totalBytesWritten);
  }
}
