package io.copychunk.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.message.context.ShareRedirectErrorContext;
import io.copychunk.message.context.SymbolicLinkErrorResponse;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.testing.Captures;
import io.copychunk.testing.Captures.Message;
import io.copychunk.testing.Messages;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Damaged messages are refused with {@link MalformedMessageException} or read as something that can
 * be written again. Each run tries other damage; {@code -Dcopychunk.seed=} repeats one.
 */
class MutatedFramesTest {
  private static final int ROUNDS = 60_000;
  private static final byte[] EXTREMES = {0, 1, 7, 8, 0x40, 0x7F, (byte) 0x80, (byte) 0xFF};

  private final long seed = Long.getLong("copychunk.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void damagedMessagesAreRefusedOrUnderstood() {
    List<Message> messages = Stream.concat(
            Captures.files().stream()
                .filter(file -> !file.contains("-enc-"))
                .flatMap(file -> Captures.read(file).messages().stream()),
            Stream.of(symlinkError(), shareRedirectError()))
        .toList();
    int understood = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Message message = messages.get(random.nextInt(messages.size()));
      byte[] damaged = damaged(message.bytes());
      try {
        tryOut(message, damaged);
        understood++;
      } catch (MalformedMessageException e) {
        assertThat(e).hasMessageNotContaining("null");
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed %d, round %d, %s: %s"
                .formatted(seed, i, message.name(), Octets.copyOf(damaged).hex()),
            e);
      }
    }
    assertThat(understood).as("seed %d", seed).isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
  }

  private byte[] damaged(byte[] bytes) {
    byte[] damaged = random.nextInt(4) == 0
        ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 16))
        : bytes.clone();
    for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
      // Mostly in the body: damaged headers tell the same thing over and over.
      int from = random.nextInt(8) == 0 ? 0 : Math.min(Smb2Header.SIZE, damaged.length - 1);
      int at = from + random.nextInt(damaged.length - from);
      damaged[at] = random.nextBoolean()
          ? EXTREMES[random.nextInt(EXTREMES.length)]
          : (byte) random.nextInt();
    }
    return damaged;
  }

  private static void tryOut(Message message, byte[] damaged) {
    Smb2Message body = message.decode(damaged);
    byte[] written = Messages.encode(body);
    System.arraycopy(damaged, 0, written, 0, Smb2Header.SIZE);
    assertThat(message.decode(written)).isEqualTo(body);
    if (body instanceof IoctlRequest request) {
      Fsctl<?> fsctl = Fsctl.readInput(
          request.controlCode(), request.input().reader(), request.maxOutputResponse());
      assertThat(fsctl.controlCode()).isEqualTo(request.controlCode());
    } else if (body instanceof IoctlResponse response
        && message.request() instanceof IoctlRequest r) {
      Fsctl<?> fsctl = Fsctl.readInput(r.controlCode(), r.input().reader(), r.maxOutputResponse());
      Object output = fsctl.readOutput(response.output().reader());
      if (response.controlCode() == FsctlCode.SRV_REQUEST_RESUME_KEY) {
        assertThat(((SrvRequestResumeKeyResponse) output).context().size()).isLessThanOrEqualTo(4);
      }
    } else if (body instanceof ErrorResponse error && !error.data().isEmpty()) {
      SymbolicLinkErrorResponse.read(error.data().reader());
      ShareRedirectErrorContext.read(error.data().reader());
    }
  }

  private static Message symlinkError() {
    SymbolicLinkErrorResponse link = new SymbolicLinkErrorResponse(4, "\\target", "target", true);
    return error("symbolic link", Octets.copyOf(WireWriter.toBytes(link::write)));
  }

  private static Message shareRedirectError() {
    ShareRedirectErrorContext redirect = new ShareRedirectErrorContext(List.of(), "\\\\s\\x");
    return error("share redirect", Octets.copyOf(WireWriter.toBytes(redirect::write)));
  }

  private static Message error(String name, Octets data) {
    Message answer = Captures.read("samba-smb311-full.json").messages().stream()
        .filter(message -> message.name().equals("S>C CREATE nonexistent.bin response"))
        .findFirst()
        .orElseThrow();
    byte[] bytes = WireWriter.toBytes(out -> {
      answer.header().write(out);
      new ErrorResponse(List.of(), data).writeBody(out);
    });
    Smb2Header header = Smb2Header.read(WireReader.of(bytes));
    return new Message(name, bytes, header, answer.request());
  }
}
