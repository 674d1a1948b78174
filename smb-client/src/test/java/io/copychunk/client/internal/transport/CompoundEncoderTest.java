package io.copychunk.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.message.CloseRequest;
import io.copychunk.message.EchoRequest;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CompoundEncoderTest {
  private final List<String> seen = new ArrayList<>();
  private final Stage stage = new Stage(new CompoundEncoder((sent, header, size) ->
      seen.add(sent + " " + header.command() + " " + header.nextCommand() + " " + size)));

  @AfterEach
  void everythingIsReleased() {
    stage.finish();
  }

  @Test
  void aSingleMessageIsNeitherPaddedNorLinked() {
    EncodedChain encoded = encode(message(5, new TreeConnectRequest("\\\\h\\s")));

    assertThat(ends(encoded)).containsExactly(64 + 8 + 10);
    assertThat(header(encoded, 0).nextCommand()).isZero();
    assertThat(seen).containsExactly("true TREE_CONNECT 0 82");
    encoded.bytes().release();
  }

  @Test
  void allButTheLastArePaddedWithZerosAndLinked() {
    EncodedChain encoded = encode(
        message(5, new TreeConnectRequest("\\\\h\\s")),
        message(6, new EchoRequest()),
        message(7, new TreeConnectRequest("\\\\h\\s")));

    assertThat(ends(encoded)).containsExactly(88, 88 + 72, 88 + 72 + 82);
    assertThat(header(encoded, 0).nextCommand()).isEqualTo(88);
    assertThat(header(encoded, 88).nextCommand()).isEqualTo(72);
    assertThat(header(encoded, 160).nextCommand()).isZero();
    byte[] bytes = Stage.bytes(encoded.bytes());
    assertThat(Arrays.copyOfRange(bytes, 82, 88)).containsOnly(0);
    assertThat(bytes).hasSize(242);
    assertThat(seen)
        .containsExactly("true TREE_CONNECT 88 88", "true ECHO 72 72", "true TREE_CONNECT 0 82");
    encoded.bytes().release();
  }

  @Test
  void whatWasEncodedDecodesToTheSame() {
    List<Smb2Request<?>> requests = List.of(
        new TreeConnectRequest("\\\\server\\share"),
        new CloseRequest(true, new FileId(3, 4)),
        new EchoRequest());
    EncodedChain encoded = encode(
        message(1, requests.get(0)), message(2, requests.get(1)), message(3, requests.get(2)));

    Stage decoder = new Stage(new CompoundDecoder(() -> 8));
    decoder.receive(new PlainFrame(encoded.bytes(), null));
    List<InboundMessage> messages = decoder.messages();
    List<Smb2Request<?>> decoded = new ArrayList<>();
    for (InboundMessage message : messages) {
      WireReader in = WireReader.of(message.bytes());
      Smb2Header.read(in);
      decoded.add(Smb2Request.read(message.header().command(), in));
      message.release();
    }
    assertThat(decoded).isEqualTo(requests);
    decoder.finish();
  }

  @Test
  void aBodyThatCanNotBeWrittenFailsTheWriteAndLeaksNothing() {
    OutboundChain chain = chain(
        message(1, new EchoRequest()), message(2, new TreeConnectRequest("x".repeat(40_000))));

    assertThat(stage.channel.writeOneOutbound(chain).cause())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stage.channel.outboundMessages()).isEmpty();
  }

  private EncodedChain encode(OutboundMessage... messages) {
    stage.channel.writeOutbound(chain(messages));
    return stage.channel.readOutbound();
  }

  private static OutboundChain chain(OutboundMessage... messages) {
    return new OutboundChain(List.of(messages), Protection.NONE, OutboundChain.UNSEEN);
  }

  private static OutboundMessage message(long id, Smb2Request<?> body) {
    Command command = body.command();
    return new OutboundMessage(Smb2Header.request(command, id, 9, 8), body);
  }

  private static int[] ends(EncodedChain encoded) {
    int[] ends = new int[encoded.messages()];
    for (int i = 0, end = 0; i < ends.length; i++) {
      end += encoded.message(i).readableBytes();
      ends[i] = end;
    }
    return ends;
  }

  private static Smb2Header header(EncodedChain encoded, int from) {
    ByteBuf bytes = encoded.bytes();
    return Smb2Header.read(WireReader.of(bytes.slice(from, bytes.readableBytes() - from)));
  }
}
