package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * SMB2_PREAUTH_INTEGRITY_CAPABILITIES (2.2.3.1.1): how the messages before the authentication are
 * hashed.
 *
 * @param hashAlgorithms ids in descending preference; exactly one in a response
 * @param salt random bytes, usually 32
 */
public record PreauthIntegrityCapabilities(List<Integer> hashAlgorithms, Octets salt)
    implements NegotiateContext {
  /** The only hash algorithm that is defined. */
  public static final int SHA_512 = 0x0001;

  static final int TYPE = 0x0001;

  /** Copies the ids. */
  public PreauthIntegrityCapabilities {
    hashAlgorithms = List.copyOf(hashAlgorithms);
  }

  static PreauthIntegrityCapabilities read(WireReader in) {
    int count = AlgorithmIds.readCount(in, "HashAlgorithmCount");
    int saltLength = in.u16();
    return new PreauthIntegrityCapabilities(AlgorithmIds.read(in, count), in.octets(saltLength));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 HashAlgorithmCount 2 | 2 SaltLength 2 | 4 HashAlgorithms | Salt
    out.u16(hashAlgorithms.size()).u16(salt.size());
    AlgorithmIds.write(out, hashAlgorithms);
    out.octets(salt);
  }
}
