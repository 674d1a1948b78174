package io.copychunk.auth;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The signature that NTLM makes for others (MS-NLMP 2.2.2.9.1, 3.4.4.2), always with the sequence
 * number 0: SMB uses it for SPNEGO's list of mechanisms only, once in each direction.
 */
public final class NtlmSignature {
  /** The size of a signature in bytes. */
  public static final int SIZE = 16;

  private static final int VERSION = 1;
  private static final int SEQUENCE_NUMBER = 0;
  private static final int CHECKSUM_SIZE = 8;

  /** Who signs: each direction has keys of its own. */
  public enum Sender {
    /** The client. */
    CLIENT("client-to-server"),
    /** The server. */
    SERVER("server-to-client");

    private final String direction;

    Sender(String direction) {
      this.direction = direction;
    }

    private byte[] constant(String purpose) {
      return ("session key to " + direction + " " + purpose + " key magic constant\0")
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  private NtlmSignature() {}

  /**
   * Signs a message.
   *
   * @param sender who signs
   * @param exportedSessionKey 16 bytes
   * @param flags what was negotiated; must have {@link NegotiateFlags#KEY_128}, since everything
   *     weaker is refused
   * @param message what is signed
   * @return 16 bytes
   */
  public static Octets sign(
      Sender sender, byte[] exportedSessionKey, NegotiateFlags flags, Octets message) {
    if (!flags.has(NegotiateFlags.KEY_128)) {
      throw new IllegalArgumentException("flags: " + flags + " (expected: 128-bit keys)");
    }
    byte[] signKey = signKey(sender, exportedSessionKey);
    byte[] sealKey = sealKey(sender, exportedSessionKey);
    byte[] sealed;
    try {
      byte[] sequenceNumber = new byte[Integer.BYTES];
      byte[] checksum = Arrays.copyOf(
          NtlmV2.hmacMd5(signKey, sequenceNumber, message.toByteArray()), CHECKSUM_SIZE);
      sealed = flags.has(NegotiateFlags.KEY_EXCH) ? NtlmV2.rc4(sealKey, checksum) : checksum;
    } finally {
      Arrays.fill(sealKey, (byte) 0);
      Arrays.fill(signKey, (byte) 0);
    }
    return Octets.copyOf(
        WireWriter.toBytes(out -> out.u32(VERSION).bytes(sealed).u32(SEQUENCE_NUMBER)));
  }

  /**
   * Whether a signature is right. The time this takes does not tell where a wrong one differs.
   *
   * @param sender who signed
   * @param exportedSessionKey 16 bytes
   * @param flags what was negotiated; must have {@link NegotiateFlags#KEY_128}
   * @param message what was signed
   * @param signature of any length
   * @return whether it is what {@link #sign} gives
   */
  public static boolean verify(
      Sender sender,
      byte[] exportedSessionKey,
      NegotiateFlags flags,
      Octets message,
      Octets signature) {
    Octets expected = sign(sender, exportedSessionKey, flags, message);
    return MessageDigest.isEqual(expected.toByteArray(), signature.toByteArray());
  }

  static byte[] signKey(Sender sender, byte[] exportedSessionKey) {
    return NtlmV2.md5(exportedSessionKey, sender.constant("signing"));
  }

  static byte[] sealKey(Sender sender, byte[] exportedSessionKey) {
    return NtlmV2.md5(exportedSessionKey, sender.constant("sealing"));
  }
}
