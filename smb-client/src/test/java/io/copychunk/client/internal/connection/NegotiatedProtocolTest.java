package io.copychunk.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.context.CompressionCapabilities;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.message.context.UnknownNegotiateContext;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
class NegotiatedProtocolTest {
  private static final PreauthIntegrityHash HASH =
      PreauthIntegrityHash.ZERO.update(new byte[] {1, 2, 3});
  private static final NegotiateContext PREAUTH =
      new PreauthIntegrityCapabilities(List.of(PreauthIntegrityCapabilities.SHA_512), Octets.EMPTY);

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SMB_2_0_2", "SMB_3_1_1"})
  void beforeThe311TheDialectDecidesHowToSign(Dialect dialect) throws SmbException {
    NegotiatedProtocol protocol = agreed(response(dialect));

    assertThat(protocol.dialect()).isEqualTo(dialect);
    assertThat(protocol.signingAlgorithm()).isEqualTo(SigningAlgorithm.fixedFor(dialect));
    assertThat(protocol.preauthHash()).isEqualTo(PreauthIntegrityHash.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  void on311TheServerChoosesAmongTheOffered(SigningAlgorithm algorithm) throws SmbException {
    NegotiatedProtocol protocol =
        agreed(response(Dialect.SMB_3_1_1, PREAUTH, signing(algorithm.id())));

    assertThat(protocol.signingAlgorithm()).isEqualTo(algorithm);
    assertThat(protocol.preauthHash()).isEqualTo(HASH);
  }

  @Test
  void withoutAChoiceOn311ItIsCmac() throws SmbException {
    assertThat(agreed(response(Dialect.SMB_3_1_1, PREAUTH)).signingAlgorithm())
        .isEqualTo(SigningAlgorithm.AES_CMAC);
  }

  @Test
  void contextsThatAreUnknownAreIgnored() throws SmbException {
    agreed(response(
        Dialect.SMB_3_1_1,
        new UnknownNegotiateContext(0x100, Octets.ofHex("01")),
        PREAUTH,
        new UnknownNegotiateContext(0x100, Octets.ofHex("02"))));
  }

  @Test
  void aDialectThatWasNotOfferedIsRefused() {
    refused(response(Dialect.SMB_2_0_2), SmbProtocolException.class, "2.0.2");
  }

  @ParameterizedTest
  @CsvSource({
    "65535, 65536, 65536, MaxTransactSize",
    "65536, 0, 65536, MaxReadSize",
    "65536, 65536, 65535, MaxWriteSize"
  })
  void maximaBelow64KibAreRefused(long transact, long read, long write, String field) {
    NegotiateResponse response = new NegotiateResponse(
        SecurityMode.SIGNING_ENABLED,
        Dialect.SMB_3_0,
        Guid.ZERO,
        Capabilities.LARGE_MTU,
        transact,
        read,
        write,
        0,
        0,
        Octets.EMPTY,
        List.of());

    refused(response, SmbProtocolException.class, field);
  }

  @Test
  void on311ThePreauthContextMustBeThereOnceAndWithSha512() {
    refused(response(Dialect.SMB_3_1_1), SmbProtocolException.class, "null");
    refused(response(Dialect.SMB_3_1_1, PREAUTH, PREAUTH), SmbProtocolException.class, "twice");
    refused(response(Dialect.SMB_3_1_1, preauth(2)), SmbProtocolException.class, "SHA-512");
    refused(response(Dialect.SMB_3_1_1, preauth(1, 1)), SmbProtocolException.class, "SHA-512");
    refused(response(Dialect.SMB_3_1_1, preauth()), SmbProtocolException.class, "SHA-512");
  }

  @Test
  void theSigningContextMustNameOneThatWasOffered() {
    refused(
        response(Dialect.SMB_3_1_1, PREAUTH, signing(1, 2)),
        SmbProtocolException.class,
        "exactly one");
    refused(
        response(Dialect.SMB_3_1_1, PREAUTH, signing(1), signing(1)),
        SmbProtocolException.class,
        "twice");
    refused(
        response(Dialect.SMB_3_1_1, PREAUTH, signing(3)),
        SmbProtocolException.class,
        "SigningAlgorithmId: 3");
    NegotiateOffer onlyGmac =
        offer(security -> security.signingAlgorithms(List.of(SigningAlgorithm.AES_GMAC)));
    assertThatThrownBy(() ->
            NegotiatedProtocol.of(onlyGmac, response(Dialect.SMB_3_1_1, PREAUTH, signing(0)), HASH))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("HMAC-SHA256");
  }

  /** 3.2.5.2: an answer to what was not asked is not an answer. */
  @Test
  void anAnswerToWhatWasNotOfferedIsRefused() {
    refused(
        response(Dialect.SMB_3_1_1, PREAUTH, new CompressionCapabilities(false, List.of(1))),
        SmbProtocolException.class,
        "which was not offered");
    NegotiateOffer withoutCiphers = offer(security -> security.encryption(Encryption.OFF));
    assertThatThrownBy(() -> NegotiatedProtocol.of(
            withoutCiphers, response(Dialect.SMB_3_1_1, PREAUTH, cipher(2)), HASH))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("which was not offered");
  }

  @Test
  void theCipherIsTheOneThatTheServerChose() throws SmbException {
    for (CipherAlgorithm cipher : CipherAlgorithm.values()) {
      assertThat(
              agreed(response(Dialect.SMB_3_1_1, PREAUTH, cipher(cipher.id()))).cipher())
          .isEqualTo(cipher);
    }
    assertThat(agreed(response(Dialect.SMB_3_1_1, PREAUTH, cipher(0))).cipher()).isNull();
    assertThat(agreed(response(Dialect.SMB_3_1_1, PREAUTH)).cipher()).isNull();
  }

  @Test
  void thirtyHasOneCipherIfBothSidesCanEncrypt() throws SmbException {
    NegotiateResponse able = response(Dialect.SMB_3_0, Capabilities.ENCRYPTION, 65_536);
    NegotiateOffer withoutCcm =
        offer(security -> security.ciphers(List.of(CipherAlgorithm.AES_128_GCM)));

    assertThat(agreed(able).cipher()).isEqualTo(CipherAlgorithm.AES_128_CCM);
    assertThat(NegotiatedProtocol.of(withoutCcm, able, HASH).cipher()).isNull();
    assertThat(agreed(response(Dialect.SMB_3_0, Capabilities.NONE, 65_536)).cipher())
        .isNull();
    assertThat(
            agreed(response(Dialect.SMB_2_1, Capabilities.ENCRYPTION, 65_536)).cipher())
        .isNull();
  }

  @Test
  void aCipherThatWasNotOfferedIsRefused() {
    refused(response(Dialect.SMB_3_1_1, PREAUTH, cipher(5)), SmbProtocolException.class, "5");
    refused(
        response(Dialect.SMB_3_1_1, PREAUTH, new EncryptionCapabilities(List.of(1, 2))),
        SmbProtocolException.class,
        "exactly one");
    refused(
        response(Dialect.SMB_3_1_1, PREAUTH, cipher(1), cipher(1)),
        SmbProtocolException.class,
        "twice");
    NegotiateOffer onlyGcm =
        offer(security -> security.ciphers(List.of(CipherAlgorithm.AES_128_GCM)));
    assertThatThrownBy(() ->
            NegotiatedProtocol.of(onlyGcm, response(Dialect.SMB_3_1_1, PREAUTH, cipher(1)), HASH))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("AES-128-CCM");
  }

  @Test
  void withoutLargeMtuARequestCarries64Kib() throws SmbException {
    NegotiatedProtocol small = agreed(response(Dialect.SMB_3_0, Capabilities.NONE, 8_388_608));
    NegotiatedProtocol large = agreed(response(Dialect.SMB_3_0, Capabilities.LARGE_MTU, 8_388_608));

    assertThat(small.multiCredit()).isFalse();
    assertThat(small.maxTransactSize()).isEqualTo(65_536);
    assertThat(large.maxTransactSize()).isEqualTo(8_388_608);
  }

  private static NegotiateOffer offer(UnaryOperator<SecurityPolicy.Builder> change) {
    return NegotiateOffer.of(
        SmbConfig.builder().security(change).build().security(), new Guid(1, 2));
  }

  private static NegotiatedProtocol agreed(NegotiateResponse response) throws SmbException {
    return NegotiatedProtocol.of(offer(UnaryOperator.identity()), response, HASH);
  }

  private static void refused(
      NegotiateResponse response, Class<? extends SmbException> type, String message) {
    assertThatThrownBy(() -> agreed(response)).isInstanceOf(type).hasMessageContaining(message);
  }

  private static EncryptionCapabilities cipher(int id) {
    return new EncryptionCapabilities(List.of(id));
  }

  private static PreauthIntegrityCapabilities preauth(Integer... ids) {
    return new PreauthIntegrityCapabilities(List.of(ids), Octets.EMPTY);
  }

  private static SigningCapabilities signing(Integer... ids) {
    return new SigningCapabilities(List.of(ids));
  }

  private static NegotiateResponse response(Dialect dialect, NegotiateContext... contexts) {
    return response(dialect, Capabilities.LARGE_MTU, 65_536, contexts);
  }

  private static NegotiateResponse response(
      Dialect dialect, Capabilities capabilities, long max, NegotiateContext... contexts) {
    return new NegotiateResponse(
        SecurityMode.SIGNING_ENABLED,
        dialect,
        new Guid(3, 4),
        capabilities,
        max,
        max,
        max,
        0,
        0,
        Octets.EMPTY,
        List.of(contexts));
  }
}
