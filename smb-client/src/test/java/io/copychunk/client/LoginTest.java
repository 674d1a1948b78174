package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.Dialect;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class LoginTest {
  private final Flow flow = new Flow(io.copychunk.client.config.SmbConfig.builder()
      .security(security -> security.minDialect(Dialect.SMB_2_0_2))
      .build());

  @AfterEach
  void end() {
    flow.close();
  }

  @ParameterizedTest
  @EnumSource
  void aKeyOnEveryDialect(Dialect dialect) {
    AsyncSmbSession session = flow.loggedIn(dialect);
    assertThat(session.security().dialect()).isEqualTo(dialect);
    assertThat(session.security().signing())
        .isEqualTo(
            dialect == Dialect.SMB_3_1_1
                ? SigningAlgorithm.AES_GMAC
                : SigningAlgorithm.fixedFor(dialect));
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    flow.treeConnected();
    if (dialect != Dialect.SMB_3_1_1) {
      Validation.genuine(flow);
    }
    AsyncSmbShare share = Flow.result(connecting);

    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("dir/a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)),
        ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 0x4B)));

    KeyedOpen keyed = Flow.result(opening);
    assertThat(create.body().name()).isEqualTo("dir\\a.bin");
    assertThat(create.header().isSigned()).isTrue();
    assertThat(keyed.roundTrips()).isEqualTo(1);
    assertThat(keyed.key().isUsable()).isTrue();
  }
}
