package io.copychunk.it.attack;

import static io.copychunk.it.fixture.hostile.Mutation.BODY;
import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.it.fixture.hostile.Delivery;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.it.fixture.hostile.Mutation;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Some of sections 1 and 2 once more, inside the frames of an encrypted session of 3.1.1. */
@Attack
class EncryptedAttacksTest {
  private final HostileServer server = HostileServer.listening();
  private final AttackedClient client = new AttackedClient(server);

  @BeforeEach
  void encrypt() {
    server.encrypting(Dialect.SMB_3_1_1, CipherAlgorithm.AES_128_GCM);
  }

  @AfterEach
  void end() {
    client.close();
  }

  @ParameterizedTest
  @MethodSource("lies")
  @DisplayName("#4 to #8, #21, #22 in an encrypted frame")
  void attack04_lies(String what, Mutation change, String message) {
    server.on(Command.IOCTL).forges(change);

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining(message);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        Arguments.of("#4 header", Mutation.u16(4, 63), "StructureSize"),
        Arguments.of("#5 body", Mutation.u16(BODY, 0x1234), "StructureSize"),
        Arguments.of("#6 offset", Mutation.u32(BODY + 32, 0x7FFF_FFFFL), "malformed IOCTL"),
        Arguments.of("#7 length", Mutation.u32(BODY + 36, 0xFFFF_FFFFL), "malformed IOCTL"),
        Arguments.of("#8 NextCommand", Mutation.nextCommand(8), "NextCommand: 8"),
        Arguments.of("#21", Mutation.command(Command.ECHO.code()), "Command: ECHO"),
        Arguments.of("#22 tree", Mutation.treeId(0x99), "TreeId: 0x99"),
        Arguments.of("#22 AsyncId", Mutation.async(0xA5A5), "AsyncId: 0xa5a5"));
  }

  @Test
  @DisplayName("#20 answers to nothing in encrypted frames")
  void attack20_flood() {
    server.on(Command.IOCTL).does((request, answer, out) -> {
      answer.lying(bytes -> Mutation.messageId(0xBAD).apply(bytes));
      for (int i = 0; i < 17; i++) {
        out.frame(answer.frame()); // each encrypted by itself
      }
    });

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("17 responses to no request");
  }

  @Test
  @DisplayName("#23 STATUS_PENDING in clear")
  void attack23_pendingInClear() {
    server
        .on(Command.IOCTL)
        .does((request, answer, out) -> out.frame(request.interim().inClear().frame()));

    client.fatal(SmbIntegrityException.class, client.key());
  }

  @Test
  @DisplayName("#1 the connection is closed at every byte boundary of an encrypted frame")
  void attack01_closedAtEveryByte() {
    boolean whole = false;
    for (int bytes = 0; !whole; bytes++) {
      int size = bytes;
      List<Integer> left = Collections.synchronizedList(new ArrayList<>());
      server.on(Command.IOCTL).nth(1).does((request, answer, out) -> {
        byte[] frame = answer.frame();
        left.add(Delivery.PREFIX_SIZE + frame.length - size);
        Delivery.cutAfter(size).deliver(frame, out);
      });

      assertThat(Foreseen.failure(failure(client.everything())))
          .isInstanceOf(SmbTransportException.class);
      assertThat(left).hasSize(1);
      whole = left.get(0) == 1;
      server.behave();
    }
    assertThat(result(client.everything()).isUsable()).isTrue();
  }
}
