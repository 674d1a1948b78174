package io.copychunk.auth;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The computations of NTLMv2 (MS-NLMP 3.3.2, 3.4.5), by the names that the specification gives
 * them. All results are new arrays; those that are secret are for the caller to wipe.
 */
public final class NtlmV2 {
  /** The size of keys, of hashes and of the MIC in bytes. */
  public static final int KEY_SIZE = 16;

  /** The size of a challenge in bytes. */
  public static final int CHALLENGE_SIZE = 8;

  private static final int LM_RESPONSE_SIZE = 24;

  private NtlmV2() {}

  /**
   * NTOWFv1: the hash of a password that servers store.
   *
   * @param password any
   * @return 16 bytes, secret
   */
  public static byte[] ntHash(char[] password) {
    byte[] utf16 = new byte[2 * password.length];
    for (int i = 0; i < password.length; i++) {
      utf16[2 * i] = (byte) password[i];
      utf16[2 * i + 1] = (byte) (password[i] >>> 8);
    }
    MD4Digest md4 = new MD4Digest();
    md4.update(utf16, 0, utf16.length);
    byte[] hash = new byte[KEY_SIZE];
    md4.doFinal(hash, 0);
    Arrays.fill(utf16, (byte) 0);
    return hash;
  }

  /**
   * NTOWFv2: the key that answers challenges. The user's name counts in upper case, whatever the
   * locale: each UTF-16 unit by itself, so that the length never changes.
   *
   * @param ntHash 16 bytes
   * @param user the user's name
   * @param domain as it is sent
   * @return 16 bytes, secret
   */
  public static byte[] ntowf(byte[] ntHash, String user, String domain) {
    char[] upper = user.toCharArray();
    for (int i = 0; i < upper.length; i++) {
      upper[i] = Character.toUpperCase(upper[i]);
    }
    return hmacMd5(
        ntHash, WireWriter.toBytes(out -> out.utf16(new String(upper)).utf16(domain)));
  }

  /**
   * The part of the NTLMv2_RESPONSE that the client chooses (MS-NLMP 2.2.2.7).
   *
   * @param time a FILETIME
   * @param clientChallenge 8 random bytes
   * @param targetInfo the client's list
   * @return NTLMv2_CLIENT_CHALLENGE, with the four zero bytes that end it
   */
  public static byte[] temp(long time, byte[] clientChallenge, AvPairs targetInfo) {
    return WireWriter.toBytes(out -> out.u8(1)
        .u8(1)
        .zeros(6)
        .bits64(time)
        .bytes(clientChallenge)
        .zeros(4)
        .octets(targetInfo.write())
        .zeros(4));
  }

  /**
   * NTProofStr: with {@link #temp} behind it, it is the NTLMv2_RESPONSE.
   *
   * @param ntowf {@link #ntowf}
   * @param serverChallenge 8 bytes
   * @param temp {@link #temp}
   * @return 16 bytes
   */
  public static byte[] ntProof(byte[] ntowf, byte[] serverChallenge, byte[] temp) {
    return hmacMd5(ntowf, serverChallenge, temp);
  }

  /**
   * LMv2_RESPONSE, for servers that do not tell their time.
   *
   * @param ntowf {@link #ntowf}
   * @param serverChallenge 8 bytes
   * @param clientChallenge 8 bytes
   * @return 24 bytes
   */
  public static byte[] lmResponse(byte[] ntowf, byte[] serverChallenge, byte[] clientChallenge) {
    byte[] proof = hmacMd5(ntowf, serverChallenge, clientChallenge);
    byte[] response = Arrays.copyOf(proof, LM_RESPONSE_SIZE);
    System.arraycopy(clientChallenge, 0, response, proof.length, CHALLENGE_SIZE);
    return response;
  }

  /**
   * SessionBaseKey, which in NTLMv2 is the KeyExchangeKey too.
   *
   * @param ntowf {@link #ntowf}
   * @param ntProof {@link #ntProof}
   * @return 16 bytes, secret
   */
  public static byte[] sessionBaseKey(byte[] ntowf, byte[] ntProof) {
    return hmacMd5(ntowf, ntProof);
  }

  /**
   * MIC: what protects the three messages from changes. SPNEGO around them does not count.
   *
   * @param exportedSessionKey 16 bytes
   * @param negotiate the whole message
   * @param challenge the whole message
   * @param authenticate the whole message with 16 zero bytes in place of the MIC
   * @return 16 bytes
   */
  public static Octets mic(
      byte[] exportedSessionKey, Octets negotiate, Octets challenge, Octets authenticate) {
    return Octets.copyOf(hmacMd5(
        exportedSessionKey,
        negotiate.toByteArray(),
        challenge.toByteArray(),
        authenticate.toByteArray()));
  }

  /**
   * RC4: it is its own inverse.
   *
   * @param key 1 to 256 bytes
   * @param input any
   * @return as many bytes as the input has
   */
  public static byte[] rc4(byte[] key, byte[] input) {
    RC4Engine engine = new RC4Engine();
    engine.init(true, new KeyParameter(key));
    byte[] output = new byte[input.length];
    engine.processBytes(input, 0, input.length, output, 0);
    engine.init(true, new KeyParameter(new byte[1]));
    return output;
  }

  static byte[] hmacMd5(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacMD5 is not available", e);
    }
  }

  static byte[] md5(byte[]... parts) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      for (byte[] part : parts) {
        md5.update(part);
      }
      return md5.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("MD5 is not available", e);
    }
  }
}
