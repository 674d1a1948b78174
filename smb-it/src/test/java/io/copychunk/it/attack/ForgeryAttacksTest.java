package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.AsyncSmbConnection;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.ShareFlags;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3, second half: messages that are forged, altered or not protected. */
@Timeout(30)
class ForgeryAttacksTest extends ScriptedAttacks {
  /** What is read before the signature is checked, to tell what is signed, and by whom. */
  private static final Set<Integer> NOT_SIGNED_YET = IntStream.of(
          0, 1, 2, 3, // ProtocolId
          4, 5, // StructureSize
          20, 21, 22, 23, // NextCommand
          40, 41, 42, 43, 44, 45, 46, 47) // SessionId
      .boxed()
      .collect(Collectors.toSet());

  @ParameterizedTest
  @EnumSource
  @DisplayName("#41 SIGNED stripped from a response")
  void attack41_signedStripped(Dialect dialect) {
    CompletableFuture<ResumeKey> key = file(dialect).requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), FILE_ID, 6)).unsigned().send();

    fatal(SmbIntegrityException.class, key);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("#41 SIGNED set, the signature zero")
  void attack41_zeroSignature(Dialect dialect) {
    CompletableFuture<ResumeKey> key = file(dialect).requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    request
        .answer(Responses.key(request.body(), FILE_ID, 6))
        .tampered(bytes -> Arrays.fill(bytes, 48, 64, (byte) 0))
        .send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#41 a bit flipped anywhere in a signed response")
  void attack41_bitFlipped() {
    Random random = new Random(41);
    for (int i = 0; i < 40; i++) {
      CompletableFuture<ResumeKey> key = file(Dialect.SMB_3_1_1).requestResumeKey();
      Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
      byte[] answer = request.answer(Responses.key(request.body(), FILE_ID, 6)).frame();
      int at = random.nextInt(answer.length);
      answer[at] ^= 1 << random.nextInt(8);
      peer.sendFrame(answer);

      fatal(
          NOT_SIGNED_YET.contains(at) ? SmbProtocolException.class : SmbIntegrityException.class,
          key);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0xC000_0022, 0xC000_0034, 0xC000_0203, 0xC000_00C9, 0xC000_035C, 0x8000_0005})
  @DisplayName("#41, #25 a forged error, the end of the session included")
  void attack41_unsignedError(int status) {
    CompletableFuture<ResumeKey> key = file(Dialect.SMB_3_1_1).requestResumeKey();
    peer.expect(IoctlRequest.class).refusal(NtStatus.of(status)).unsigned().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 an encrypted request is answered in clear")
  void attack44_answeredInClear() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), FILE_ID, 6)).inClear().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 an encrypted request is answered in clear, but signed")
  void attack44_answeredSigned() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), FILE_ID, 6)).inClear().signed().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 an error in clear to an encrypted request")
  void attack44_errorInClear() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    peer.expect(IoctlRequest.class).refusal(NtStatus.ACCESS_DENIED).inClear().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 a PENDING in clear to an encrypted request")
  void attack44_interimInClear() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    peer.expect(IoctlRequest.class).interim().inClear().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 encryption is required, and the server answers cipher 0 or none")
  void attack44_noCipher() {
    NegotiateResponse plain = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    List<NegotiateContext> none = new ArrayList<>(plain.contexts());
    none.add(new EncryptionCapabilities(List.of(EncryptionCapabilities.NONE)));
    for (NegotiateResponse response : List.of(
        plain,
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, none),
        ScriptedServer.negotiateResponse(Dialect.SMB_3_0_2))) {
      policy(policy -> policy.encryption(Encryption.REQUIRED));
      CompletableFuture<AsyncSmbConnection> connecting = connecting();
      peer.accept().expect(NegotiateRequest.class).answer(response).send();
      fatal(SmbNegotiationException.class, connecting);
    }
  }

  @ParameterizedTest
  @CsvSource({"3,AES-256-CCM", "4,AES-256-GCM"})
  @DisplayName("#44 a cipher that was not offered")
  void attack44_cipherNotOffered(int id, String name) {
    assertThat(fatal(SmbProtocolException.class, choosingCipher(id)))
        .hasMessageContaining("encrypt with " + name + ", which was not offered");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 0xFFFF})
  @DisplayName("#44 a cipher that does not exist")
  void attack44_cipherThatIsNone(int id) {
    assertThat(fatal(SmbProtocolException.class, choosingCipher(id)))
        .hasMessageContaining("Cipher: %d (expected: 1..4)", id);
  }

  private CompletableFuture<AsyncSmbConnection> choosingCipher(int id) {
    policy(policy -> policy.ciphers(List.of(CipherAlgorithm.AES_128_GCM)));
    NegotiateResponse plain = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    List<NegotiateContext> other = new ArrayList<>(plain.contexts());
    other.add(new EncryptionCapabilities(List.of(id)));
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    peer.accept()
        .expect(NegotiateRequest.class)
        .answer(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, other))
        .send();
    return connecting;
  }

  @Test
  @DisplayName("#44 a share demands encryption that was not negotiated")
  void attack44_shareCanNotBeEncrypted() {
    AsyncSmbSession session = loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    peer.expect(TreeConnectRequest.class)
        .answer(Responses.disk(ShareFlags.ENCRYPT_DATA))
        .treeId(TREE_ID)
        .send();

    assertThat(failure(connecting)).isInstanceOf(SmbEncryptionException.class);
  }

  @Test
  @DisplayName("#45 a transform of an unknown session")
  void attack45_unknownSession() {
    altered(frame -> frame[TRANSFORM_SESSION_ID] ^= 1, SmbProtocolException.class);
  }

  @Test
  @DisplayName("#45 Flags of a transform are not 1")
  void attack45_flags() {
    altered(frame -> frame[TRANSFORM_FLAGS] = 2, SmbProtocolException.class);
    altered(frame -> frame[TRANSFORM_FLAGS] = 0, SmbProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @DisplayName("#45 OriginalMessageSize is not what follows")
  void attack45_originalMessageSize(int octet) {
    altered(
        frame -> frame[TRANSFORM_ORIGINAL_SIZE + octet] ^= (byte) 0x80, SmbProtocolException.class);
  }

  @Test
  @DisplayName("#45 a message of another session inside an encrypted frame")
  void attack45_innerSession() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    byte[] answer = plain(request.answer(Responses.key(request.body(), FILE_ID, 6)), request);
    answer[40] ^= 1;
    peer.sendFrame(peer.encrypt(request.header().sessionId(), answer));

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#45 an encrypted frame inside an encrypted frame")
  void attack45_nested() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    byte[] answer = plain(request.answer(Responses.key(request.body(), FILE_ID, 6)), request);
    long session = request.header().sessionId();
    peer.sendFrame(peer.encrypt(session, peer.encrypt(session, answer)));

    fatal(SmbProtocolException.class, key);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("#46 a bit flipped in the tag, the nonce or the cipher text")
  void attack46_tag(CipherAlgorithm cipher) {
    int ciphertext = TRANSFORM_SIZE + 7;
    for (int at : new int[] {4, 19, 20, 30, ciphertext}) {
      CompletableFuture<ResumeKey> key = encryptedFile(cipher).requestResumeKey();
      Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
      byte[] answer = plain(request.answer(Responses.key(request.body(), FILE_ID, 6)), request);
      byte[] frame = peer.encrypt(request.header().sessionId(), answer);
      frame[at] ^= 1;
      peer.sendFrame(frame);
      fatal(SmbIntegrityException.class, key);
    }
  }

  @Test
  @DisplayName(
      "#47 every frame has a nonce of its own, also what is sent again and after a renewal")
  void attack47_nonces() {
    AsyncSmbFile file = encryptedFile();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<ResumeKey> key = file.requestResumeKey();
      if (i % 5 == 0) { // refused, and sent again with the very same contents
        peer.expect(IoctlRequest.class)
            .refusal(NtStatus.NETWORK_SESSION_EXPIRED)
            .send();
        server.accepted(server.challenge()).send();
      }
      Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
      request.answer(Responses.key(request.body(), FILE_ID, 6)).send();
      result(key);
    }

    List<Octets> nonces = peer.nonces();
    assertThat(nonces).hasSizeGreaterThan(20 + 4 * 3).doesNotHaveDuplicates();
    assertThat(nonces.stream().map(DowngradeAttacksTest::counter)).isSorted();
  }

  @Test
  @DisplayName("#55 the keys stay when the session is renewed")
  void attack55_keysStay() {
    AsyncSmbFile file = encryptedFile();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    peer.expect(IoctlRequest.class).refusal(NtStatus.NETWORK_SESSION_EXPIRED).send();
    server.accepted(server.challenge()).send(); // keeps the keys of the first login
    Received<IoctlRequest> again = peer.expect(IoctlRequest.class);
    again.answer(Responses.key(again.body(), FILE_ID, 6)).send();

    assertThat(result(key).isUsable()).isTrue();
  }
}
