package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.copychunk.testing.Vectors;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The encrypted messages of the traces that Microsoft published, in both directions. */
class MicrosoftBlogEncryptionTest {
  /** One of them; one CCM frame has bytes other than zero behind its nonce. */
  record Trace(String name, CipherAlgorithm algorithm, byte[] key, byte[] plaintext, byte[] wire) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Trace> traces() {
    return Vectors.load("ms-blog-vectors.json").getAsJsonArray("encryption").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(entry -> new Trace(
            entry.get("name").getAsString(),
            entry.get("name").getAsString().contains("CCM")
                ? CipherAlgorithm.AES_128_CCM
                : CipherAlgorithm.AES_128_GCM,
            hex(entry, entry.has("encryption_key") ? "encryption_key" : "decryption_key"),
            hex(entry, "plaintext"),
            hex(entry, "wire")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void theFrameIsDecrypted(Trace trace) {
    MessageDecryptor decryptor =
        new MessageDecryptor(trace.algorithm(), trace.key(), header(trace).sessionId());
    ByteBuf message =
        decryptor.decrypt(Unpooled.wrappedBuffer(trace.wire()), UnpooledByteBufAllocator.DEFAULT);
    assertThat(ByteBufUtil.getBytes(Objects.requireNonNull(message))).isEqualTo(trace.plaintext());
  }

  @ParameterizedTest
  @MethodSource("traces")
  void theMessageIsEncryptedToTheSameFrame(Trace trace) {
    TransformHeader header = header(trace);
    MessageEncryptor encryptor =
        new MessageEncryptor(trace.algorithm(), trace.key(), header.sessionId());
    ByteBuf frame = encryptor.encrypt(
        Unpooled.wrappedBuffer(trace.plaintext()),
        UnpooledByteBufAllocator.DEFAULT,
        header.nonce());
    assertThat(ByteBufUtil.getBytes(frame)).isEqualTo(trace.wire());
  }

  private static TransformHeader header(Trace trace) {
    return TransformHeader.read(WireReader.of(trace.wire()));
  }

  private static byte[] hex(JsonObject object, String name) {
    return Vectors.hex(object.get(name).getAsString());
  }
}
