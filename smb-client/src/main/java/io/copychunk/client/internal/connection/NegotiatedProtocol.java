package io.copychunk.client.internal.connection;

import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.message.context.UnknownNegotiateContext;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.SecurityMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What client and server have agreed on, checked against what was offered (3.2.5.2).
 *
 * @param offer what was offered
 * @param response what the server answered
 * @param signingAlgorithm how messages are signed
 * @param cipher how messages can be encrypted, or null when they can not
 * @param preauthHash the connection's preauthentication integrity hash; {@link
 *     PreauthIntegrityHash#ZERO} below 3.1.1
 */
public record NegotiatedProtocol(
    NegotiateOffer offer,
    NegotiateResponse response,
    SigningAlgorithm signingAlgorithm,
    @Nullable CipherAlgorithm cipher,
    PreauthIntegrityHash preauthHash) {
  private static final long SMALLEST_MAXIMUM = 65_536;

  /**
   * Checks an answer.
   *
   * @param offer what was offered
   * @param response what the server answered
   * @param preauthHash over both messages as they went over the wire
   * @return what was agreed on
   * @throws SmbProtocolException when the server chose what was not offered or may not be chosen
   */
  static NegotiatedProtocol of(
      NegotiateOffer offer, NegotiateResponse response, PreauthIntegrityHash preauthHash)
      throws SmbProtocolException {
    Dialect dialect = response.dialect();
    if (!offer.offers(dialect)) {
      throw new SmbProtocolException(
          "the server chose SMB " + dialect + ", which was not offered (" + offer.dialects() + ")");
    }
    requireMaximum("MaxTransactSize", response.maxTransactSize());
    requireMaximum("MaxReadSize", response.maxReadSize());
    requireMaximum("MaxWriteSize", response.maxWriteSize());
    if (dialect != Dialect.SMB_3_1_1) {
      return new NegotiatedProtocol(
          offer,
          response,
          SigningAlgorithm.fixedFor(dialect),
          fixedCipher(offer, response),
          PreauthIntegrityHash.ZERO);
    }
    refuseUnoffered(offer, response);
    checkPreauthIntegrity(response);
    return new NegotiatedProtocol(
        offer, response, signingAlgorithm(offer, response), cipher(offer, response), preauthHash);
  }

  /**
   * The dialect.
   *
   * @return one that was offered
   */
  public Dialect dialect() {
    return response.dialect();
  }

  /**
   * Whether a request may cost more than one credit (LARGE_MTU, 2.1 and later).
   *
   * @return whether CreditCharge counts
   */
  public boolean multiCredit() {
    return dialect().isAtLeast(Dialect.SMB_2_1)
        && response.capabilities().has(Capabilities.LARGE_MTU);
  }

  /**
   * Whether the server insists on signing.
   *
   * @return whether its SecurityMode says so
   */
  public boolean serverRequiresSigning() {
    return response.securityMode().has(SecurityMode.SIGNING_REQUIRED);
  }

  /**
   * The largest input or output of an IOCTL.
   *
   * @return bytes, at least 65536; never more than 65536 when a request can not cost more than one
   *     credit
   */
  public long maxTransactSize() {
    return multiCredit() ? response.maxTransactSize() : SMALLEST_MAXIMUM;
  }

  /**
   * The largest data of a READ.
   *
   * @return bytes, at least 65536
   */
  public long maxReadSize() {
    return multiCredit() ? response.maxReadSize() : SMALLEST_MAXIMUM;
  }

  /**
   * The largest data of a WRITE.
   *
   * @return bytes, at least 65536
   */
  public long maxWriteSize() {
    return multiCredit() ? response.maxWriteSize() : SMALLEST_MAXIMUM;
  }

  /** The largest payload that a server may send in one message. */
  long largestPayload() {
    return Math.max(
        response.maxTransactSize(), Math.max(response.maxReadSize(), response.maxWriteSize()));
  }

  private static void requireMaximum(String field, long value) throws SmbProtocolException {
    if (value < SMALLEST_MAXIMUM) {
      throw new SmbProtocolException(
          field + ": " + value + " (expected: >= " + SMALLEST_MAXIMUM + ")");
    }
  }

  /** An answer to what was not asked could only switch on what nobody here is ready for. */
  private static void refuseUnoffered(NegotiateOffer offer, NegotiateResponse response)
      throws SmbProtocolException {
    for (NegotiateContext context : response.contexts()) {
      if (!(context instanceof UnknownNegotiateContext) && !offer.offersContext(context.type())) {
        throw new SmbProtocolException("negotiate context: " + context + ", which was not offered");
      }
    }
  }

  private static void checkPreauthIntegrity(NegotiateResponse response)
      throws SmbProtocolException {
    PreauthIntegrityCapabilities chosen =
        only(response.contexts(), PreauthIntegrityCapabilities.class);
    if (chosen == null
        || !chosen.hashAlgorithms().equals(List.of(PreauthIntegrityCapabilities.SHA_512))) {
      throw new SmbProtocolException(
          "PREAUTH_INTEGRITY_CAPABILITIES: " + chosen + " (expected: exactly one, SHA-512)");
    }
  }

  private static SigningAlgorithm signingAlgorithm(NegotiateOffer offer, NegotiateResponse response)
      throws SmbProtocolException {
    SigningCapabilities chosen = only(response.contexts(), SigningCapabilities.class);
    if (chosen == null) {
      return SigningAlgorithm.fixedFor(Dialect.SMB_3_1_1);
    }
    if (chosen.algorithms().size() != 1) {
      throw new SmbProtocolException(
          "SIGNING_CAPABILITIES: " + chosen.algorithms() + " (expected: exactly one)");
    }
    try {
      SigningAlgorithm algorithm = SigningAlgorithm.of(chosen.algorithms().get(0));
      if (offer.signingAlgorithms().contains(algorithm)) {
        return algorithm;
      }
      throw new SmbProtocolException(
          "the server chose to sign with " + algorithm + ", which was not offered");
    } catch (MalformedMessageException e) {
      throw new SmbProtocolException("SIGNING_CAPABILITIES: " + e.getMessage(), e);
    }
  }

  /** 3.0 and 3.0.2: both sides have said that they can encrypt, and the policy has the one cipher. */
  private static @Nullable CipherAlgorithm fixedCipher(
      NegotiateOffer offer, NegotiateResponse response) {
    boolean both = response.dialect().isAtLeast(Dialect.SMB_3_0)
        && offer.ciphers().contains(CipherAlgorithm.AES_128_CCM)
        && offer.capabilities().has(Capabilities.ENCRYPTION)
        && response.capabilities().has(Capabilities.ENCRYPTION);
    return both ? CipherAlgorithm.AES_128_CCM : null;
  }

  private static @Nullable CipherAlgorithm cipher(NegotiateOffer offer, NegotiateResponse response)
      throws SmbProtocolException {
    EncryptionCapabilities chosen = only(response.contexts(), EncryptionCapabilities.class);
    if (chosen == null) {
      return null;
    }
    if (chosen.ciphers().size() != 1) {
      throw new SmbProtocolException(
          "ENCRYPTION_CAPABILITIES: " + chosen.ciphers() + " (expected: exactly one)");
    }
    int id = chosen.ciphers().get(0);
    if (id == EncryptionCapabilities.NONE) {
      return null;
    }
    try {
      CipherAlgorithm cipher = CipherAlgorithm.of(id);
      if (offer.ciphers().contains(cipher)) {
        return cipher;
      }
      throw new SmbProtocolException(
          "the server chose to encrypt with " + cipher + ", which was not offered");
    } catch (MalformedMessageException e) {
      throw new SmbProtocolException("ENCRYPTION_CAPABILITIES: " + e.getMessage(), e);
    }
  }

  private static <C extends NegotiateContext> @Nullable C only(
      List<NegotiateContext> contexts, Class<C> type) throws SmbProtocolException {
    C found = null;
    for (NegotiateContext context : contexts) {
      if (type.isInstance(context)) {
        if (found != null) {
          throw new SmbProtocolException(type.getSimpleName() + ": twice (expected: at most once)");
        }
        found = type.cast(context);
      }
    }
    return found;
  }
}
