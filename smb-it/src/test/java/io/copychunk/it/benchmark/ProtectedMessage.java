package io.copychunk.it.benchmark;

import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What {@link CryptoThroughput} measures: a message is protected, and then unprotected. */
@State(Scope.Thread)
public class ProtectedMessage {
  /** The algorithms of both kinds. */
  public enum Protection {
    HMAC_SHA256(SigningAlgorithm.HMAC_SHA256, null),
    AES_CMAC(SigningAlgorithm.AES_CMAC, null),
    AES_GMAC(SigningAlgorithm.AES_GMAC, null),
    AES_128_CCM(null, CipherAlgorithm.AES_128_CCM),
    AES_128_GCM(null, CipherAlgorithm.AES_128_GCM),
    AES_256_CCM(null, CipherAlgorithm.AES_256_CCM),
    AES_256_GCM(null, CipherAlgorithm.AES_256_GCM);

    private final @Nullable SigningAlgorithm signing;
    private final @Nullable CipherAlgorithm cipher;

    Protection(@Nullable SigningAlgorithm signing, @Nullable CipherAlgorithm cipher) {
      this.signing = signing;
      this.cipher = cipher;
    }

    @Override
    public String toString() {
      return signing != null ? signing.toString() : String.valueOf(cipher);
    }
  }

  /** Whose code does it; ours comes with two kinds of buffers. */
  public enum Implementation {
    JDK,
    COPYCHUNK_HEAP,
    COPYCHUNK_DIRECT,
    BOUNCY_CASTLE
  }

  /** Signs and verifies, or encrypts and decrypts, one message. */
  interface ThereAndBack {
    /**
     * Does it once more, as if for the next message.
     *
     * @return something that depends on the result
     * @throws Exception when the second half does not accept what the first has made
     */
    int run() throws Exception;
  }

  @Param("AES_GMAC")
  public Protection protection = Protection.AES_GMAC;

  @Param("65536")
  public int size;

  @Param("JDK")
  public Implementation implementation = Implementation.JDK;

  private @Nullable ThereAndBack message;

  /**
   * Makes the message.
   *
   * @throws Exception when an algorithm is not available
   */
  @Setup
  public void setUp() throws Exception {
    message = switch (implementation) {
      case JDK -> JdkCrypto.of(protection.signing, protection.cipher, size);
      case COPYCHUNK_HEAP -> CopychunkCrypto.of(protection.signing, protection.cipher, size, false);
      case COPYCHUNK_DIRECT ->
        CopychunkCrypto.of(protection.signing, protection.cipher, size, true);
      case BOUNCY_CASTLE -> BouncyCastleCrypto.of(protection.signing, protection.cipher, size);
    };
  }

  /**
   * Protects and unprotects it.
   *
   * @return something that depends on the result
   * @throws Exception when what was protected is not accepted
   */
  @Benchmark
  public int thereAndBack() throws Exception {
    return Objects.requireNonNull(message).run();
  }
}
