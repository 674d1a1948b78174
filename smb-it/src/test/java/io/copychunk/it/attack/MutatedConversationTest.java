package io.copychunk.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.copychunk.client.ResumeKey;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.it.fixture.hostile.Delivery;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.it.fixture.hostile.Outlet;
import io.copychunk.testing.Answer;
import io.copychunk.testing.Mutator;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole conversations, from NEGOTIATE to a key, one answer of which is damaged. Each run tries other
 * damage; {@code -Dcopychunk.fuzz.seed=} repeats one, and {@code -Dcopychunk.fuzz.conversations=}
 * sets how many are tried in each way.
 */
@Attack
class MutatedConversationTest {
  private static final int CONVERSATIONS = Integer.getInteger("copychunk.fuzz.conversations", 60);
  private static final int ANSWERS = 6; // NEGOTIATE, SESSION_SETUP twice, and three more
  private static final Duration SILENCE = Duration.ofMillis(150);

  private final long seed = Long.getLong("copychunk.fuzz.seed", System.nanoTime());

  /** What a conversation is protected by. */
  enum Protected {
    SIGNED,
    ENCRYPTED;

    HostileServer server() {
      HostileServer server = HostileServer.listening().misleading();
      return this == ENCRYPTED
          ? server.negotiating(
              ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, CipherAlgorithm.AES_128_GCM))
          : server;
    }

    SmbConfig config() {
      return SmbConfig.builder()
          .security(policy -> this == ENCRYPTED ? policy.encryption(Encryption.REQUIRED) : policy)
          .transport(transport -> transport.requestTimeout(SILENCE).frameTimeout(SILENCE))
          .build();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an answer that was damaged on the path never leads to a key")
  void damagedOnThePath(Protected by) {
    run(by, (answer, random, out) -> {
      byte[] genuine = answer.frame();
      byte[] damaged = Mutator.mutated(genuine, genuine, random);
      deliver(damaged, random, out);
      return !Arrays.equals(genuine, damaged);
    });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an answer that the server itself has damaged ends in a key or a typed error")
  void damagedByTheServer(Protected by) {
    run(by, (answer, random, out) -> {
      answer.lying(bytes -> {
        byte[] damaged = Mutator.mutated(bytes, bytes, random);
        // In place; the header mostly stays, for damaged headers tell the same over and over.
        int from = random.nextInt(8) == 0 ? 0 : Math.min(64, bytes.length);
        for (int i = from; i < Math.min(bytes.length, damaged.length); i++) {
          bytes[i] = damaged[i];
        }
      });
      deliver(answer.frame(), random, out);
      return false;
    });
  }

  /** Damages an answer and sends it. */
  private interface Damage {
    /** Returns whether there must be no key now. */
    boolean send(Answer answer, Random random, Outlet out);
  }

  private void run(Protected by, Damage damage) {
    for (int i = 0; i < CONVERSATIONS; i++) {
      Random random = new Random(seed + i);
      boolean[] mustFail = new boolean[1];
      try (AttackedClient client = new AttackedClient(by.server(), by.config())) {
        client
            .server
            .when(request -> true)
            .nth(1 + random.nextInt(ANSWERS))
            .does((request, answer, out) -> mustFail[0] = damage.send(answer, random, out));
        Throwable failure = outcome(client.everything(), i);
        String replay =
            "%s, conversation %d; replay: -Dcopychunk.fuzz.seed=%d".formatted(by, i, seed + i);
        if (failure == null) {
          assertThat(mustFail[0]).as("a key from a damaged answer: %s", replay).isFalse();
        } else {
          assertThat(failure)
              .as(replay)
              .isInstanceOf(SmbException.class)
              .hasMessageNotContaining("unexpected failure");
        }
      }
    }
  }

  private @Nullable Throwable outcome(CompletableFuture<ResumeKey> key, int conversation) {
    try {
      key.get(20, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      return fail("no end; replay: -Dcopychunk.fuzz.seed=" + (seed + conversation), e);
    }
  }

  /** In two pieces, cut anywhere. */
  private static void deliver(byte[] message, Random random, Outlet out) {
    byte[] framed = Delivery.framed(message.length, message);
    int cut = random.nextInt(framed.length + 1);
    out.bytes(Arrays.copyOf(framed, cut));
    out.bytes(Arrays.copyOfRange(framed, cut, framed.length));
  }
}
