package io.copychunk.client.internal.connection;

import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.NetnameNegotiateContextId;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What this client offers a server, remembered to be compared with the answer and to be repeated in
 * VALIDATE_NEGOTIATE_INFO (3.2.4.2.2.2).
 *
 * @param dialects in ascending order
 * @param securityMode whether signing is required
 * @param capabilities none unless a 3.x dialect is offered
 * @param clientGuid names the client; zero when only 2.0.2 is offered
 * @param signingAlgorithms for 3.1.1, the preferred one first
 * @param ciphers the preferred one first; none when nothing may be encrypted
 */
public record NegotiateOffer(
    List<Dialect> dialects,
    SecurityMode securityMode,
    Capabilities capabilities,
    Guid clientGuid,
    List<SigningAlgorithm> signingAlgorithms,
    List<CipherAlgorithm> ciphers) {
  /** Bytes of salt in the preauthentication integrity context. */
  static final int SALT_SIZE = 32;

  /** Copies the lists. */
  public NegotiateOffer {
    dialects = List.copyOf(dialects);
    signingAlgorithms = List.copyOf(signingAlgorithms);
    ciphers = List.copyOf(ciphers);
  }

  static NegotiateOffer of(SecurityPolicy policy, Guid clientGuid) {
    List<Dialect> dialects = policy.dialects();
    Dialect highest = dialects.get(dialects.size() - 1);
    SecurityMode securityMode = policy.signingRequired()
        ? SecurityMode.SIGNING_ENABLED.with(SecurityMode.SIGNING_REQUIRED)
        : SecurityMode.SIGNING_ENABLED;
    return new NegotiateOffer(
        dialects,
        securityMode,
        highest.isAtLeast(Dialect.SMB_3_0) ? capabilities(policy) : Capabilities.NONE,
        highest.isAtLeast(Dialect.SMB_2_1) ? clientGuid : Guid.ZERO,
        policy.signingAlgorithms(),
        policy.ciphers());
  }

  /**
   * ENCRYPTION is about 3.0 and 3.0.2, whose cipher is fixed. Where 3.1.1 is offered it stands for
   * any cipher: Samba looks for it even there, and without it leaves the context aside.
   */
  private static Capabilities capabilities(SecurityPolicy policy) {
    boolean canEncrypt = policy.maxDialect() == Dialect.SMB_3_1_1
        ? !policy.ciphers().isEmpty()
        : policy.ciphers().contains(CipherAlgorithm.AES_128_CCM);
    return canEncrypt
        ? Capabilities.LARGE_MTU.with(Capabilities.ENCRYPTION)
        : Capabilities.LARGE_MTU;
  }

  boolean offers(Dialect dialect) {
    return dialects.contains(dialect);
  }

  /** Whether a context of a type was offered. */
  boolean offersContext(int type) {
    return toRequest("", Octets.EMPTY).contexts().stream()
        .anyMatch(context -> context.type() == type);
  }

  NegotiateRequest toRequest(String host, Octets salt) {
    List<NegotiateContext> contexts = offers(Dialect.SMB_3_1_1) ? contexts(host, salt) : List.of();
    return new NegotiateRequest(dialects, securityMode, capabilities, clientGuid, contexts);
  }

  private List<NegotiateContext> contexts(String host, Octets salt) {
    List<NegotiateContext> contexts = new ArrayList<>();
    contexts.add(
        new PreauthIntegrityCapabilities(List.of(PreauthIntegrityCapabilities.SHA_512), salt));
    if (!ciphers.isEmpty()) {
      contexts.add(
          new EncryptionCapabilities(ciphers.stream().map(CipherAlgorithm::id).toList()));
    }
    contexts.add(new SigningCapabilities(
        signingAlgorithms.stream().map(SigningAlgorithm::id).toList()));
    contexts.add(new NetnameNegotiateContextId(host));
    return contexts;
  }
}
