package io.copychunk.client.internal.connection;

import io.copychunk.client.config.SecurityConfig;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.NetnameNegotiateContextId;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
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
 */
public record NegotiateOffer(
    List<Dialect> dialects,
    SecurityMode securityMode,
    Capabilities capabilities,
    Guid clientGuid,
    List<SigningAlgorithm> signingAlgorithms) {
  /** Bytes of salt in the preauthentication integrity context. */
  static final int SALT_SIZE = 32;

  /** Copies the lists. */
  public NegotiateOffer {
    dialects = List.copyOf(dialects);
    signingAlgorithms = List.copyOf(signingAlgorithms);
  }

  static NegotiateOffer of(SecurityConfig config, Guid clientGuid) {
    List<Dialect> dialects = config.dialects();
    Dialect highest = dialects.get(dialects.size() - 1);
    SecurityMode securityMode = config.signingRequired()
        ? SecurityMode.SIGNING_ENABLED.with(SecurityMode.SIGNING_REQUIRED)
        : SecurityMode.SIGNING_ENABLED;
    return new NegotiateOffer(
        dialects,
        securityMode,
        highest.isAtLeast(Dialect.SMB_3_0) ? Capabilities.LARGE_MTU : Capabilities.NONE,
        highest.isAtLeast(Dialect.SMB_2_1) ? clientGuid : Guid.ZERO,
        config.signingAlgorithms());
  }

  boolean offers(Dialect dialect) {
    return dialects.contains(dialect);
  }

  NegotiateRequest toRequest(String host, Octets salt) {
    List<NegotiateContext> contexts = List.of();
    if (offers(Dialect.SMB_3_1_1)) {
      contexts = List.of(
          new PreauthIntegrityCapabilities(List.of(PreauthIntegrityCapabilities.SHA_512), salt),
          new SigningCapabilities(
              signingAlgorithms.stream().map(SigningAlgorithm::id).toList()),
          new NetnameNegotiateContextId(host));
    }
    return new NegotiateRequest(dialects, securityMode, capabilities, clientGuid, contexts);
  }
}
