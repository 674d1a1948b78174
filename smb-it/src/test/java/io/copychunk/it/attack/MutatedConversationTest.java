package io.copychunk.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import io.copychunk.client.ResumeKey;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole conversations, from NEGOTIATE to a key, one answer of which is damaged. Each run tries other
 * damage and prints the seed that repeats it, as far as a conversation can be repeated: which answer,
 * and what is done to which of its bytes, but not the challenges, keys and times in it.
 */
@Attack
class MutatedConversationTest {
  private static final String CONVERSATIONS_PROPERTY = "copychunk.fuzz.conversations";
  private static final int CONVERSATIONS = Integer.getInteger(CONVERSATIONS_PROPERTY, 60);
  private static final int ANSWERS = 6; // NEGOTIATE, SESSION_SETUP twice, and three more

  /** For a machine that was so busy that a conversation ended before the damage. */
  private static final int ATTEMPTS = 3;

  /** Long enough for a busy machine to come to the damaged answer, which is checked. */
  private static final Duration SILENCE = Duration.ofMillis(1000);

  private static final String SEED_PROPERTY = "copychunk.fuzz.seed";
  private static final long SEED = Long.getLong(SEED_PROPERTY, System.nanoTime());

  static {
    System.out.printf(
        "%s: -D%s=%d%n", MutatedConversationTest.class.getSimpleName(), SEED_PROPERTY, SEED);
  }

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
    run(by, (answer, random) -> {
      byte[] genuine = answer.frame();
      byte[] damaged = Mutator.mutated(genuine, genuine, random);
      return new Damaged(damaged, !Arrays.equals(genuine, damaged));
    });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an answer that the server itself has damaged ends in a key or a typed error")
  void damagedByTheServer(Protected by) {
    run(by, (answer, random) -> {
      answer.lying(bytes -> {
        byte[] damaged = Mutator.mutated(bytes, bytes, random);
        // In place; the header mostly stays, for damaged headers tell the same over and over.
        int from = random.nextInt(8) == 0 ? 0 : Math.min(64, bytes.length);
        for (int i = from; i < Math.min(bytes.length, damaged.length); i++) {
          bytes[i] = damaged[i];
        }
      });
      return new Damaged(answer.frame(), false);
    });
  }

  /** Damages an answer. */
  private interface Damage {
    Damaged of(Answer answer, Random random);
  }

  /** What goes out in place of an answer, and whether there must be no key then. */
  private record Damaged(byte[] frame, boolean mustFail) {}

  private static void run(Protected by, Damage damage) {
    for (int i = 0; i < CONVERSATIONS; i++) {
      String replay =
          "%s, conversation %d; to repeat: mvn -pl smb-it -am test -Dtest=%s -D%s=%d -D%s=1"
              .formatted(
                  by,
                  i,
                  MutatedConversationTest.class.getSimpleName(),
                  SEED_PROPERTY,
                  SEED + i,
                  CONVERSATIONS_PROPERTY);
      boolean delivered = false;
      for (int attempt = 1; attempt <= ATTEMPTS && !delivered; attempt++) {
        delivered = converse(by, damage, new Random(SEED + i), replay);
      }
      assertThat(delivered).as("came to the damaged answer: %s", replay).isTrue();
    }
  }

  /** Returns whether the damage was done. */
  private static boolean converse(Protected by, Damage damage, Random random, String replay) {
    AtomicReference<@Nullable Damaged> sent = new AtomicReference<>();
    try (AttackedClient client = new AttackedClient(by.server(), by.config())) {
      client
          .server
          .when(request -> true)
          .nth(1 + random.nextInt(ANSWERS))
          .does((request, answer, out) -> {
            Damaged damaged = damage.of(answer, random);
            sent.set(damaged); // before the bytes are gone, and somebody acts on them
            deliver(damaged.frame(), random, out);
          });
      Throwable failure = outcome(client.everything(), replay);
      Damaged damaged = sent.get();
      if (failure == null) {
        assertThat(damaged != null && damaged.mustFail())
            .as("a key from a damaged answer: %s", replay)
            .isFalse();
      } else {
        assertThatCode(() -> Foreseen.failure(failure)).as(replay).doesNotThrowAnyException();
      }
      return damaged != null;
    }
  }

  private static @Nullable Throwable outcome(CompletableFuture<ResumeKey> key, String replay) {
    try {
      key.get(20, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      return fail("no end: " + replay, e);
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
