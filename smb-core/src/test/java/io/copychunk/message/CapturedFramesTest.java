package io.copychunk.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.testing.Captures;
import io.copychunk.testing.Captures.Message;
import io.copychunk.wire.Command;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured message whose command we know is read and comes out the same again. */
class CapturedFramesTest {
  /**
   * A capture and what must be found in it.
   *
   * @param messages how many messages are compared
   * @param fsctls how many of them are requests that carry an FSCTL
   * @param others how many messages belong to commands that we do not know yet
   * @param decrypted how many frames are encrypted and hold a message that is listed besides
   * @param different how many messages we write differently, see {@link #isWrittenDifferently}
   */
  record Capture(String file, int messages, int fsctls, int others, int decrypted, int different) {}

  static Stream<Capture> captures() {
    return Stream.of(
        new Capture("samba-smb210-hmac.json", 40, 9, 0, 0, 0),
        new Capture("samba-smb302-cmac-validate.json", 111, 1, 3, 0, 0),
        new Capture("samba-smb302-enc-aes128ccm.json", 40, 9, 0, 34, 0),
        new Capture("samba-smb311-cmac.json", 40, 9, 0, 0, 0),
        new Capture("samba-smb311-compound.json", 22, 2, 0, 0, 2),
        new Capture("samba-smb311-copychunk-interim.json", 19, 3, 0, 0, 1),
        new Capture("samba-smb311-enc-aes128ccm.json", 40, 9, 0, 34, 0),
        new Capture("samba-smb311-enc-aes128gcm.json", 40, 9, 0, 34, 0),
        new Capture("samba-smb311-enc-aes256ccm.json", 40, 9, 0, 34, 0),
        new Capture("samba-smb311-enc-aes256gcm.json", 40, 9, 0, 34, 0),
        new Capture("samba-smb311-full.json", 109, 0, 3, 0, 0),
        new Capture("samba-smb311-gmac.json", 40, 9, 0, 0, 0),
        new Capture("samba-smbclient-scopy-smb210.json", 32, 5, 0, 0, 6),
        new Capture("samba-smbclient-scopy-smb311.json", 28, 3, 0, 0, 4));
  }

  @Test
  void noCaptureIsLeftOut() {
    assertThat(captures().map(Capture::file)).containsExactlyElementsOf(Captures.files());
  }

  @ParameterizedTest
  @MethodSource("captures")
  void messagesComeOutTheSame(Capture capture) {
    Captures.Contents contents = Captures.read(capture.file());
    List<Message> different = contents.messages().stream()
        .filter(CapturedFramesTest::isWrittenDifferently)
        .toList();
    for (Message message : contents.messages()) {
      Smb2Message body = message.decode();
      byte[] written = write(message, body);
      assertThat(message.decode(written)).as(message.name()).isEqualTo(body);
      if (!different.contains(message)) {
        assertThat(written).as(message.name()).isEqualTo(withoutProcessId(message));
      }
    }
    assertThat(new Capture(
            capture.file(),
            contents.messages().size(),
            fsctls(contents).size(),
            contents.others(),
            contents.decrypted(),
            different.size()))
        .isEqualTo(capture);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void fsctlInputsComeOutTheSame(Capture capture) {
    for (IoctlRequest request : fsctls(Captures.read(capture.file()))) {
      Fsctl<?> fsctl = Fsctl.readInput(
          request.controlCode(), request.input().reader(), request.maxOutputResponse());
      assertThat(fsctl.controlCode()).isEqualTo(request.controlCode());
      Octets written = Octets.copyOf(WireWriter.toBytes(fsctl::writeInput));
      assertThat(
              Fsctl.readInput(request.controlCode(), written.reader(), request.maxOutputResponse()))
          .isEqualTo(fsctl);
      // smbclient leaves garbage in the Reserved field of a chunk.
      if (!capture.file().startsWith("samba-smbclient") || !(fsctl instanceof SrvCopyChunkCopy)) {
        assertThat(written).isEqualTo(request.input());
      }
    }
  }

  private static List<IoctlRequest> fsctls(Captures.Contents contents) {
    return contents.messages().stream()
        .map(Message::decode)
        .filter(IoctlRequest.class::isInstance)
        .map(IoctlRequest.class::cast)
        .toList();
  }

  /** What others write in another way than we do; it means the same. */
  private static boolean isWrittenDifferently(Message message) {
    byte[] bytes = message.bytes();
    int bodySize = bytes.length - Smb2Header.SIZE;
    if (message.header().isResponse()) {
      // Samba pads also the last response of a compound, which does not need it.
      if (message.header().flags().has(HeaderFlags.RELATED_OPERATIONS)
          && message.header().nextCommand() == 0
          && bodySize % 8 == 0) {
        return true;
      }
      // Samba fills the byte that stands for empty ErrorData with 0x21 in interim responses.
      return message.header().status().equals(NtStatus.PENDING) && bytes[bytes.length - 1] == 0x21;
    }
    // smbclient names an OutputOffset (36 in the body) for output that is never sent.
    boolean outputOffset =
        message.header().command() == Command.IOCTL && bytes[Smb2Header.SIZE + 36] != 0;
    // smbclient may send two bytes behind the name, whose length is at 46 in the body.
    boolean paddedName = message.header().command() == Command.CREATE
        && message.header().nextCommand() == 0
        && bodySize == 56 + bytes[Smb2Header.SIZE + 46] + 2;
    return outputOffset || paddedName;
  }

  private static byte[] write(Message message, Smb2Message body) {
    return WireWriter.toBytes(out -> {
      message.header().write(out);
      body.writeBody(out);
      if (message.header().nextCommand() != 0) {
        out.align(8);
      }
    });
  }

  /** The first field of the synchronous header's tail is 0xFEFF, which means nothing. */
  private static byte[] withoutProcessId(Message message) {
    byte[] bytes = message.bytes().clone();
    if (!message.header().isAsync()) {
      Arrays.fill(bytes, 32, 36, (byte) 0);
    }
    return bytes;
  }
}
