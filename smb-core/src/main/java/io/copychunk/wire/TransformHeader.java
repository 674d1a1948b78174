package io.copychunk.wire;

/**
 * The SMB2 TRANSFORM_HEADER (2.2.41), which stands in front of an encrypted message.
 *
 * <pre>
 *  0 ProtocolId 4           FD 'S' 'M' 'B'   40 Reserved 2
 *  4 Signature 16                            42 Flags | EncryptionAlgorithm 2
 * 20 Nonce 16                                44 SessionId 8
 * 36 OriginalMessageSize 4                   52 the encrypted message
 * </pre>
 *
 * <p>Bytes 20 to 51 are authenticated together with the message, as they are on the wire.
 *
 * @param signature the authentication tag
 * @param nonce the whole field, 16 bytes, of which the cipher uses the first 11 or 12
 * @param originalMessageSize the size of the message that follows in bytes, 0 to 4294967295
 * @param flags Flags in 3.1.1, EncryptionAlgorithm before, 0 to 65535; always {@link #ENCRYPTED}
 * @param sessionId the session whose key encrypts the message
 */
public record TransformHeader(
    Signature signature, Octets nonce, long originalMessageSize, int flags, long sessionId) {
  /** The header's size in bytes. */
  public static final int SIZE = 52;

  /** The first four bytes, FD 'S' 'M' 'B', read as a little-endian integer. */
  public static final int PROTOCOL_ID = 0x424D53FD;

  /** Where Signature stands in the header. */
  public static final int SIGNATURE_OFFSET = 4;

  /** Where Nonce stands in the header, and what is authenticated begins. */
  public static final int NONCE_OFFSET = 20;

  /** The size of the Nonce field in bytes. */
  public static final int NONCE_SIZE = 16;

  /**
   * The only value of {@link #flags}: the message is encrypted (3.1.1), by AES-128-CCM as nothing
   * else can be negotiated (3.0, 3.0.2).
   */
  public static final int ENCRYPTED = 1;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the nonce has not 16 bytes
   */
  public TransformHeader {
    if (nonce.size() != NONCE_SIZE) {
      throw new IllegalArgumentException("nonce: " + nonce.size() + " bytes (expected: 16)");
    }
  }

  /**
   * Reads a header. Of its fields, only ProtocolId is judged.
   *
   * @param in stands at the header's first byte
   * @return the header
   * @throws MalformedMessageException when it is not an SMB2 TRANSFORM_HEADER
   */
  public static TransformHeader read(WireReader in) {
    int protocolId = in.bits32();
    if (protocolId != PROTOCOL_ID) {
      throw new MalformedMessageException(
          "ProtocolId: 0x%08x (expected: 0x%08x)".formatted(protocolId, PROTOCOL_ID));
    }
    Signature signature = new Signature(in.bits64(), in.bits64());
    Octets nonce = in.octets(NONCE_SIZE);
    long originalMessageSize = in.u32();
    in.skip(2);
    return new TransformHeader(signature, nonce, originalMessageSize, in.u16(), in.bits64());
  }

  /**
   * Writes the header, with a Reserved of 0.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    out.bits32(PROTOCOL_ID)
        .bits64(signature.low())
        .bits64(signature.high())
        .octets(nonce)
        .u32(originalMessageSize)
        .u16(0)
        .u16(flags)
        .bits64(sessionId);
  }
}
