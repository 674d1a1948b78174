package io.copychunk.message.context;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * SMB2_ENCRYPTION_CAPABILITIES (2.2.3.1.2).
 *
 * @param ciphers ids in descending preference; exactly one in a response
 */
public record EncryptionCapabilities(List<Integer> ciphers) implements NegotiateContext {
  /** In a response: no common cipher. */
  public static final int NONE = 0x0000;

  /** AES-128-CCM. */
  public static final int AES_128_CCM = 0x0001;

  /** AES-128-GCM. */
  public static final int AES_128_GCM = 0x0002;

  /** AES-256-CCM. */
  public static final int AES_256_CCM = 0x0003;

  /** AES-256-GCM. */
  public static final int AES_256_GCM = 0x0004;

  static final int TYPE = 0x0002;

  /** Copies the ids. */
  public EncryptionCapabilities {
    ciphers = List.copyOf(ciphers);
  }

  static EncryptionCapabilities read(WireReader in) {
    int count = AlgorithmIds.readCount(in, "CipherCount");
    return new EncryptionCapabilities(AlgorithmIds.read(in, count));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 CipherCount 2 | 2 Ciphers
    out.u16(ciphers.size());
    AlgorithmIds.write(out, ciphers);
  }
}
