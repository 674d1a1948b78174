package io.copychunk.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.auth.AuthenticateMessage;
import io.copychunk.auth.AvPairs;
import io.copychunk.auth.ChallengeMessage;
import io.copychunk.auth.MechType;
import io.copychunk.auth.NegState;
import io.copychunk.auth.NegTokenInit;
import io.copychunk.auth.NegTokenInit2;
import io.copychunk.auth.NegTokenResp;
import io.copychunk.auth.NegotiateFlags;
import io.copychunk.auth.NtlmIdentity;
import io.copychunk.auth.NtlmVersion;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.crypto.SessionKeys;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.fsctl.OffloadReadOutput;
import io.copychunk.message.fsctl.OffloadWrite;
import io.copychunk.message.fsctl.RawFsctl;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.message.fsctl.StorageOffloadToken;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 7 of the attack list: what holds a secret does not tell it when it is logged. */
class SecretsTest {
  /** "secretse…", so that it would be found as text too. */
  private static final byte[] SECRET = bytes(24);

  private static final Octets OCTETS = Octets.copyOf(SECRET);

  private static final StorageOffloadToken TOKEN =
      new StorageOffloadToken(Octets.copyOf(bytes(StorageOffloadToken.SIZE)));

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) "secret".charAt(i % 6);
    }
    return bytes;
  }

  static Stream<Object> whatHoldsSecrets() {
    NtlmIdentity identity = new NtlmIdentity("DOM", "user", "secretsecret".toCharArray());
    return Stream.of(
        OCTETS,
        SessionKeys.derive(Dialect.SMB_2_1, bytes(16), bytes(16), null, 128),
        new MessageSigner(SigningAlgorithm.HMAC_SHA256, bytes(16)),
        new MessageEncryptor(CipherAlgorithm.AES_128_GCM, bytes(16), 1),
        new MessageDecryptor(CipherAlgorithm.AES_128_GCM, bytes(16), 1),
        PreauthIntegrityHash.ZERO.update(SECRET),
        identity,
        new AuthenticateMessage(
            OCTETS,
            OCTETS,
            "DOM",
            "user",
            "",
            OCTETS,
            new NegotiateFlags(0),
            NtlmVersion.NONE,
            Octets.copyOf(bytes(16))),
        new ChallengeMessage(
            OCTETS,
            new NegotiateFlags(0),
            Octets.copyOf(bytes(8)),
            new AvPairs(List.of(new AvPairs.AvPair(1, OCTETS))),
            NtlmVersion.NONE),
        new NegTokenInit(List.of(MechType.NTLMSSP), OCTETS, OCTETS),
        new NegTokenInit2(List.of(MechType.NTLMSSP), OCTETS, OCTETS),
        new NegTokenResp(NegState.ACCEPT_COMPLETED, MechType.NTLMSSP, OCTETS, OCTETS),
        new SessionSetupRequest(false, new SecurityMode(1), Capabilities.NONE, 0, OCTETS),
        new SessionSetupResponse(new SessionFlags(0), OCTETS),
        new SrvRequestResumeKeyResponse(OCTETS, 0, OCTETS),
        new SrvCopyChunkCopy(OCTETS, List.of(), true),
        TOKEN,
        new OffloadReadOutput(0, 1, TOKEN),
        new OffloadWrite(0, 1, 0, TOKEN),
        new RawFsctl(0x0014_0078, OCTETS, 32),
        IoctlRequest.of(new FileId(1, 2), new RawFsctl(0x0014_0078, OCTETS, 32)),
        new IoctlResponse(0x0014_0078, new FileId(1, 2), 0, OCTETS, OCTETS));
  }

  @ParameterizedTest
  @MethodSource("whatHoldsSecrets")
  void section7ASecretIsNotShown(Object holder) {
    assertThat(holder.toString().toLowerCase(Locale.ROOT))
        .doesNotContain("secret")
        .doesNotContain("736563")
        .doesNotContain("115, 101")
        .doesNotContain(
            Base64.getEncoder().encodeToString(SECRET).toLowerCase(Locale.ROOT).substring(0, 8));
  }
}
