package io.copychunk.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SecurityPolicy.Signing;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.NetnameNegotiateContextId;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class NegotiateOfferTest {
  private static final Guid CLIENT = new Guid(1, 2);
  private static final Octets SALT = Octets.copyOf(new byte[NegotiateOffer.SALT_SIZE]);

  @Test
  void the311CarriesItsContexts() {
    NegotiateRequest request = offer(UnaryOperator.identity()).toRequest("nas", SALT);

    assertThat(request.contexts())
        .containsExactly(
            new PreauthIntegrityCapabilities(List.of(PreauthIntegrityCapabilities.SHA_512), SALT),
            new EncryptionCapabilities(List.of(2, 1, 4, 3)),
            new SigningCapabilities(List.of(2, 1, 0)),
            new NetnameNegotiateContextId("nas"));
    assertThat(request.clientGuid()).isEqualTo(CLIENT);
    assertThat(request.capabilities())
        .isEqualTo(Capabilities.LARGE_MTU.with(Capabilities.ENCRYPTION));
  }

  @Test
  void whereEncryptionIsOffNoCipherIsOffered() {
    NegotiateOffer offer = offer(security -> security.encryption(Encryption.OFF));

    assertThat(offer.toRequest("nas", SALT).contexts())
        .hasSize(3)
        .noneMatch(EncryptionCapabilities.class::isInstance);
    assertThat(offer.capabilities()).isEqualTo(Capabilities.LARGE_MTU);
  }

  @Test
  void thePreferredCipherComesFirst() {
    NegotiateOffer offer = offer(security ->
        security.ciphers(List.of(CipherAlgorithm.AES_256_GCM, CipherAlgorithm.AES_128_GCM)));

    assertThat(offer.toRequest("nas", SALT).contexts())
        .contains(new EncryptionCapabilities(List.of(4, 2)));
    assertThat(offer.capabilities())
        .isEqualTo(Capabilities.LARGE_MTU.with(Capabilities.ENCRYPTION));
  }

  @Test
  void the30CanEncryptWithCcmAlone() {
    NegotiateOffer offer = offer(security -> security
        .maxDialect(Dialect.SMB_3_0_2)
        .ciphers(List.of(CipherAlgorithm.AES_256_GCM, CipherAlgorithm.AES_128_GCM)));

    assertThat(offer.capabilities()).isEqualTo(Capabilities.LARGE_MTU);
  }

  @Test
  void whereEncryptionIsRequiredWhatHasNoneIsNotOffered() {
    NegotiateOffer offer = offer(security -> security.encryption(Encryption.REQUIRED));

    assertThat(offer.dialects())
        .containsExactly(Dialect.SMB_3_0, Dialect.SMB_3_0_2, Dialect.SMB_3_1_1);
  }

  @Test
  void thePreferredSigningAlgorithmComesFirst() {
    NegotiateOffer offer = offer(security -> security.signingAlgorithms(
        List.of(SigningAlgorithm.HMAC_SHA256, SigningAlgorithm.AES_GMAC)));

    assertThat(offer.toRequest("nas", SALT).contexts())
        .contains(new SigningCapabilities(List.of(0, 2)));
  }

  @Test
  void withoutThe311ThereAreNoContexts() {
    NegotiateOffer offer = offer(security -> security.maxDialect(Dialect.SMB_3_0_2));

    assertThat(offer.toRequest("nas", SALT).contexts()).isEmpty();
    assertThat(offer.capabilities())
        .isEqualTo(Capabilities.LARGE_MTU.with(Capabilities.ENCRYPTION));
  }

  @Test
  void capabilitiesAreForThe3xAlone() {
    NegotiateOffer offer = offer(security -> security.maxDialect(Dialect.SMB_2_1));

    assertThat(offer.capabilities()).isEqualTo(Capabilities.NONE);
    assertThat(offer.clientGuid()).isEqualTo(CLIENT);
  }

  @Test
  void the202AloneHasNoClientGuid() {
    NegotiateOffer offer =
        offer(security -> security.minDialect(Dialect.SMB_2_0_2).maxDialect(Dialect.SMB_2_0_2));

    assertThat(offer.dialects()).containsExactly(Dialect.SMB_2_0_2);
    assertThat(offer.clientGuid()).isEqualTo(Guid.ZERO);
  }

  @Test
  void tellsWhetherSigningIsRequired() {
    assertThat(offer(UnaryOperator.identity()).securityMode())
        .isEqualTo(SecurityMode.SIGNING_ENABLED.with(SecurityMode.SIGNING_REQUIRED));
    assertThat(offer(security -> security.signing(Signing.IF_OFFERED)).securityMode())
        .isEqualTo(SecurityMode.SIGNING_ENABLED);
  }

  private static NegotiateOffer offer(UnaryOperator<SecurityPolicy.Builder> change) {
    return NegotiateOffer.of(SmbConfig.builder().security(change).build().security(), CLIENT);
  }
}
