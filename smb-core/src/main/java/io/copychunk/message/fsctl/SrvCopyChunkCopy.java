package io.copychunk.message.fsctl;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * SRV_COPYCHUNK_COPY (2.2.31.1), the input of FSCTL_SRV_COPYCHUNK and FSCTL_SRV_COPYCHUNK_WRITE.
 *
 * @param sourceKey the 24 bytes of the source's resume key
 * @param chunks what to copy, in this order
 * @param write whether the destination may be written only, which is FSCTL_SRV_COPYCHUNK_WRITE
 */
public record SrvCopyChunkCopy(Octets sourceKey, List<SrvCopyChunk> chunks, boolean write)
    implements Fsctl<SrvCopyChunkResponse> {
  /** Checks the size of the key. */
  public SrvCopyChunkCopy {
    chunks = List.copyOf(chunks);
    if (sourceKey.size() != SrvRequestResumeKeyResponse.KEY_SIZE) {
      throw new IllegalArgumentException(
          "sourceKey: " + sourceKey.size() + " (expected: 24 bytes)");
    }
  }

  /**
   * Reads the input.
   *
   * @param in the input alone; what follows the chunks is ignored, as servers do
   * @param write whether the control code is FSCTL_SRV_COPYCHUNK_WRITE
   * @return the input
   */
  public static SrvCopyChunkCopy readInput(WireReader in, boolean write) {
    Octets sourceKey = in.octets(SrvRequestResumeKeyResponse.KEY_SIZE);
    long count = in.u32();
    in.skip(4); // Reserved
    if (count * SrvCopyChunk.SIZE > in.remaining()) {
      throw new MalformedMessageException(
          "ChunkCount: " + count + " (expected: <= " + in.remaining() / SrvCopyChunk.SIZE + ")");
    }
    List<SrvCopyChunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(SrvCopyChunk.read(in));
    }
    return new SrvCopyChunkCopy(sourceKey, chunks, write);
  }

  @Override
  public int controlCode() {
    return write ? FsctlCode.SRV_COPYCHUNK_WRITE : FsctlCode.SRV_COPYCHUNK;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 SourceKey 24 | 24 ChunkCount 4 | 28 Reserved 4 | 32 Chunks, 24 bytes each
    out.octets(sourceKey).u32(chunks.size()).u32(0);
    for (SrvCopyChunk chunk : chunks) {
      chunk.write(out);
    }
  }

  @Override
  public long maxOutputResponse() {
    return SrvCopyChunkResponse.SIZE;
  }

  /**
   * Reads the output of a copy that has succeeded: it can not have copied more than it was told. A
   * copy of no chunks is left alone, for Apple's extension makes it the whole file.
   */
  @Override
  public SrvCopyChunkResponse readOutput(WireReader in) {
    SrvCopyChunkResponse response = SrvCopyChunkResponse.readOutput(in);
    if (!chunks.isEmpty()) {
      LongStream lengths = chunks.stream().mapToLong(SrvCopyChunk::length);
      checkAtMost("ChunksWritten", response.chunksWritten(), chunks.size());
      checkAtMost(
          "ChunkBytesWritten", response.chunkBytesWritten(), lengths.max().orElse(0));
      checkAtMost("TotalBytesWritten", response.totalBytesWritten(), totalLength());
    }
    return response;
  }

  /**
   * A copy that failed midway tells how far it got, one that was asked for too much the limits. Under
   * other failures some servers leave the limits there too, which is no progress.
   */
  @Override
  public Octets believable(NtStatus status, Octets output) {
    if (status.equals(NtStatus.INVALID_PARAMETER) || output.size() < SrvCopyChunkResponse.SIZE) {
      return output;
    }
    try {
      readOutput(output.reader().octets(SrvCopyChunkResponse.SIZE).reader());
      return output;
    } catch (MalformedMessageException e) {
      return Octets.EMPTY;
    }
  }

  private long totalLength() {
    return chunks.stream().mapToLong(SrvCopyChunk::length).sum();
  }

  private static void checkAtMost(String field, long value, long most) {
    if (value > most) {
      throw new MalformedMessageException(field + ": " + value + " (expected: <= " + most + ")");
    }
  }
}
