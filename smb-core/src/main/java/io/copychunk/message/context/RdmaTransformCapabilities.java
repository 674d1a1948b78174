package io.copychunk.message.context;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * SMB2_RDMA_TRANSFORM_CAPABILITIES (2.2.3.1.6).
 *
 * @param transformIds 0 none, 1 encryption, 2 signing
 */
public record RdmaTransformCapabilities(List<Integer> transformIds) implements NegotiateContext {
  static final int TYPE = 0x0007;

  /** Copies the ids. */
  public RdmaTransformCapabilities {
    transformIds = List.copyOf(transformIds);
  }

  static RdmaTransformCapabilities read(WireReader in) {
    int count = AlgorithmIds.readCount(in, "TransformCount");
    in.skip(6); // Reserved1, Reserved2
    return new RdmaTransformCapabilities(AlgorithmIds.read(in, count));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 TransformCount 2 | 2 Reserved1 2 | 4 Reserved2 4 | 8 RDMATransformIds
    out.u16(transformIds.size()).u16(0).bits32(0);
    AlgorithmIds.write(out, transformIds);
  }
}
