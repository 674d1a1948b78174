package io.copychunk.message.context;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * SMB2_COMPRESSION_CAPABILITIES (2.2.3.1.3).
 *
 * @param chained whether one message may combine several algorithms
 * @param algorithms ids in descending preference
 */
public record CompressionCapabilities(boolean chained, List<Integer> algorithms)
    implements NegotiateContext {
  /** No compression; in a response: no common algorithm. */
  public static final int NONE = 0x0000;

  /** LZNT1. */
  public static final int LZNT1 = 0x0001;

  /** LZ77. */
  public static final int LZ77 = 0x0002;

  /** LZ77 with Huffman coding. */
  public static final int LZ77_HUFFMAN = 0x0003;

  /** Runs of one byte; in chains only. */
  public static final int PATTERN_V1 = 0x0004;

  /** LZ4. */
  public static final int LZ4 = 0x0005;

  static final int TYPE = 0x0003;

  private static final int CHAINED = 1;

  /** Copies the ids. */
  public CompressionCapabilities {
    algorithms = List.copyOf(algorithms);
  }

  static CompressionCapabilities read(WireReader in) {
    int count = AlgorithmIds.readCount(in, "CompressionAlgorithmCount");
    in.skip(2); // Padding
    boolean chained = (in.bits32() & CHAINED) != 0;
    return new CompressionCapabilities(chained, AlgorithmIds.read(in, count));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 CompressionAlgorithmCount 2 | 2 Padding 2 | 4 Flags 4 | 8 CompressionAlgorithms
    out.u16(algorithms.size()).u16(0).bits32(chained ? CHAINED : 0);
    AlgorithmIds.write(out, algorithms);
  }
}
