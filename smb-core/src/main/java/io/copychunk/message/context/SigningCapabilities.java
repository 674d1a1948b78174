package io.copychunk.message.context;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * SMB2_SIGNING_CAPABILITIES (2.2.3.1.7).
 *
 * @param algorithms ids in descending preference; exactly one in a response
 */
public record SigningCapabilities(List<Integer> algorithms) implements NegotiateContext {
  /** HMAC-SHA256. */
  public static final int HMAC_SHA256 = 0x0000;

  /** AES-128-CMAC. */
  public static final int AES_CMAC = 0x0001;

  /** AES-128-GMAC. */
  public static final int AES_GMAC = 0x0002;

  static final int TYPE = 0x0008;

  /** Copies the ids. */
  public SigningCapabilities {
    algorithms = List.copyOf(algorithms);
  }

  static SigningCapabilities read(WireReader in) {
    int count = AlgorithmIds.readCount(in, "SigningAlgorithmCount");
    return new SigningCapabilities(AlgorithmIds.read(in, count));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 SigningAlgorithmCount 2 | 2 SigningAlgorithms
    out.u16(algorithms.size());
    AlgorithmIds.write(out, algorithms);
  }
}
