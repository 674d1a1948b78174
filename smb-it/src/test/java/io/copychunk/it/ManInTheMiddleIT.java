package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.copychunk.client.KeyedOpen;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.it.fixture.WireRecorder;
import io.copychunk.it.fixture.WireRecorder.Frame;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody on the path between the client and a real server. */
@RunsAgainstSamba
@Timeout(120)
class ManInTheMiddleIT {
  private static final Duration SILENCE = Duration.ofMillis(700);
  private static final int FLIPS = 60;

  private final SambaServer server;
  private final Scratch scratch;

  ManInTheMiddleIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "REQUIRED"})
  @DisplayName("#41, #46 a bit flipped anywhere in what the server sends never leads to a key")
  void attack41_bitFlippedAnywhere(Encryption encryption) throws Exception {
    UnaryOperator<SecurityPolicy.Builder> protection = policy -> policy.encryption(encryption);
    assertThat(attacked(protection, frame -> List.of(frame.message())))
        .as("nobody on the path")
        .isNull();
    Random random = new Random(41);
    for (int i = 0; i < FLIPS; i++) {
      int which = random.nextInt(6); // of NEGOTIATE, SESSION_SETUP twice, and three more
      AtomicInteger answers = new AtomicInteger();
      AtomicBoolean flipped = new AtomicBoolean();
      Throwable failure = attacked(protection, frame -> {
        byte[] message = frame.message();
        if (!frame.toServer() && answers.getAndIncrement() == which) {
          message[random.nextInt(message.length)] ^= 1 << random.nextInt(8);
          flipped.set(true);
        }
        return List.of(message);
      });
      assertThat(flipped).as("flip %d, in answer %d", i, which).isTrue();
      assertThat(failure).as("flip %d, in answer %d", i, which).isInstanceOf(SmbException.class);
    }
  }

  @Test
  @DisplayName("#41 SIGNED stripped from whatever the server sends")
  void attack41_signedStripped() throws Exception {
    Throwable failure = attacked(policy -> policy, frame -> {
      byte[] message = frame.message();
      if (!frame.toServer()) {
        message[Smb2Header.FLAGS_OFFSET] &= (byte) ~HeaderFlags.SIGNED.bits();
      }
      return List.of(message);
    });

    assertThat(failure).isInstanceOf(SmbIntegrityException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SMB_2_1", "SMB_3_0", "SMB_3_0_2"})
  @DisplayName("#40 the higher dialects removed from the offer")
  void attack40_offerCutDown(Dialect highest) throws Exception {
    Throwable failure = attacked(
        policy -> policy,
        offer(request -> new NegotiateRequest(
            request.dialects().stream().filter(highest::isAtLeast).toList(),
            request.securityMode(),
            request.capabilities(),
            request.clientGuid(),
            List.of())));

    assertThat(failure).isInstanceOf(SmbIntegrityException.class); // by VALIDATE_NEGOTIATE_INFO
  }

  @Test
  @DisplayName("#44 the ciphers removed from the offer")
  void attack44_ciphersRemoved() throws Exception {
    Function<Frame, List<byte[]>> attack = offer(request -> new NegotiateRequest(
        request.dialects(),
        request.securityMode(),
        request.capabilities(),
        request.clientGuid(),
        request.contexts().stream()
            .filter(context -> !(context instanceof EncryptionCapabilities))
            .toList()));

    assertThat(attacked(policy -> policy, attack))
        .isInstanceOf(SmbIntegrityException.class); // by the preauthentication hash
    assertThat(attacked(policy -> policy.encryption(Encryption.REQUIRED), attack))
        .isInstanceOf(SmbNegotiationException.class);
  }

  @Test
  @DisplayName("#20 every answer twice does no harm")
  void attack20_duplicated() throws Exception {
    assertThat(attacked(
            policy -> policy,
            frame -> frame.toServer()
                ? List.of(frame.message())
                : List.of(frame.message(), frame.message())))
        .isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"NEGOTIATE", "SESSION_SETUP", "TREE_CONNECT", "CREATE"})
  @DisplayName("section 6: answers that are held back end in a typed error")
  void section06_dropped(Command command) throws Exception {
    assertThat(attacked(
            policy -> policy,
            frame -> !frame.toServer() && frame.headers().get(0).command() == command
                ? List.of()
                : List.of(frame.message())))
        .isInstanceOf(SmbTimeoutException.class);
  }

  /** What a client fails with that wants a key, or null when it has got one. */
  private Throwable attacked(
      UnaryOperator<SecurityPolicy.Builder> policy, Function<Frame, List<byte[]>> attack)
      throws IOException {
    String path = scratch.write("work", "a.bin", Scratch.content(1, 10));
    SmbConfig config = SmbConfig.builder()
        .security(policy)
        .transport(transport -> transport.requestTimeout(SILENCE).frameTimeout(SILENCE))
        .build();
    try (WireRecorder middle = WireRecorder.before(server);
        SmbClient client = SmbClient.create(config)) {
      middle.alter(attack);
      return catchThrowable(() -> {
        try (SmbSession session =
                client.connect(middle.host(), middle.port()).login(server.credentials());
            SmbShare share = session.share(server.share("work"));
            KeyedOpen keyed = share.openWithResumeKey(path)) {
          assertThat(keyed.key().isUsable()).isTrue();
        }
      });
    }
  }

  private static Function<Frame, List<byte[]>> offer(UnaryOperator<NegotiateRequest> change) {
    return frame -> {
      byte[] message = frame.message();
      if (!frame.toServer() || frame.isEncrypted()) {
        return List.of(message);
      }
      Smb2Header header = Smb2Header.read(WireReader.of(message));
      if (header.command() != Command.NEGOTIATE) {
        return List.of(message);
      }
      WireReader in = WireReader.of(message);
      in.skip(Smb2Header.SIZE);
      NegotiateRequest request = NegotiateRequest.read(in);
      byte[] changed = WireWriter.toBytes(out -> {
        header.write(out);
        change.apply(request).writeBody(out);
      });
      assertThat(Arrays.equals(message, changed)).isFalse();
      return List.of(changed);
    };
  }
}
