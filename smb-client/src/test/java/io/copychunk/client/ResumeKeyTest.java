package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbException;
import io.copychunk.message.IoctlRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.Octets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ResumeKeyTest {
  private static final String KEY = "0102030405060708" + "1112131415161718" + "f1f2f3f4f5f6f7f8";

  private final Flow flow = new Flow();
  private ResumeKey key;

  @BeforeEach
  void aKeyIsIssued() {
    CompletableFuture<ResumeKey> asked = flow.file().requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request
        .answer(
            Responses.output(request.body(), Flow.FILE_ID, Octets.ofHex(KEY + "02000000" + "aabb")))
        .send();
    key = Flow.result(asked);
  }

  @AfterEach
  void end() {
    flow.close();
  }

  @Test
  void givesTheBytesAndTheContext() throws SmbException {
    assertThat(key.bytes()).isEqualTo(Octets.ofHex(KEY).toByteArray());
    assertThat(key.contextLength()).isEqualTo(2);
    assertThat(key.context()).containsExactly(0xAA, 0xBB);
  }

  @Test
  void handsOutCopies() throws SmbException {
    key.bytes()[0] = 99;

    assertThat(key.bytes()[0]).isEqualTo((byte) 1);
  }

  @Test
  void theLegacyViewIsLittleEndian() throws SmbException {
    LegacyResumeKeyView view = key.legacyView();

    assertThat(view.resumeKey()).isEqualTo(0x0807060504030201L);
    assertThat(view.timestamp()).isEqualTo(0x1817161514131211L);
    assertThat(view.pid()).isEqualTo(0xf8f7f6f5f4f3f2f1L);
  }

  @Test
  void section7NeitherTheKeyNorItsViewIsShown() throws SmbException {
    assertThat(key.legacyView()).hasToString("LegacyResumeKeyView[not shown]");

    assertThat(key.toString())
        .contains("a.bin")
        .matches("ResumeKey\\[.*, #[0-9a-f]{8}]")
        .doesNotContain("01020304", "04030201", "f1f2");
  }
}
