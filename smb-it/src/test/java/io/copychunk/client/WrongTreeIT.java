package io.copychunk.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.RequestScope;
import io.copychunk.client.internal.session.Open;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What the public API does not let a user do wrong; so this stands in its package. */
@RunsAgainstSamba
class WrongTreeIT {
  private final SambaServer server;
  private final Scratch scratch;
  private final List<Smb2Header> trees = new CopyOnWriteArrayList<>();
  private final SmbConfig config = SmbConfig.builder()
      .transport(transport -> transport.wireListener((sent, header, size) -> {
        if (!sent && header.command() == Command.TREE_CONNECT) {
          trees.add(header);
        }
      }))
      .build();

  WrongTreeIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @Test
  void aFileOfOneShareIsUnknownOnAnother() throws Exception {
    String path = scratch.write("work", "a.bin", new byte[1]);
    try (SmbClient client = SmbClient.create(config);
        SmbSession session = server.login(client);
        SmbShare work = session.share(server.share("work"));
        SmbShare other = session.share(server.share("other"))) {
      Open open = work.async().openNow(path, OpenOptions.read()).get(20, SECONDS);
      assertKey(open, trees.get(0), open.response().fileId());
      assertFileClosed(open, trees.get(1), open.response().fileId());
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void aFileThatNobodyOpenedIsUnknown() throws Exception {
    String path = scratch.write("work", "a.bin", new byte[1]);
    try (SmbClient client = SmbClient.create(config);
        SmbSession session = server.login(client);
        SmbShare work = session.share(server.share("work"))) {
      Open open = work.async().openNow(path, OpenOptions.read()).get(20, SECONDS);
      FileId id = open.response().fileId();
      assertFileClosed(open, trees.get(0), new FileId(id.persistent() + 77, id.volatileId()));
      assertFileClosed(open, trees.get(0), new FileId(id.persistent(), id.volatileId() + 77));
      assertFileClosed(open, trees.get(0), FileId.PREVIOUS);
      assertKey(open, trees.get(0), id);
    }
  }

  private static void assertKey(Open open, Smb2Header tree, FileId id) throws Exception {
    assertThat(ask(open, tree, id)).isEqualTo(NtStatus.SUCCESS);
  }

  private static void assertFileClosed(Open open, Smb2Header tree, FileId id) {
    assertThatThrownBy(() -> ask(open, tree, id))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            FailedRequestException.class,
            e -> assertThat(e.status()).isEqualTo(NtStatus.FILE_CLOSED));
  }

  private static NtStatus ask(Open open, Smb2Header tree, FileId id) throws Exception {
    Connection connection = open.tree().session().connection();
    return connection
        .send(
            new RequestScope(tree.sessionId(), tree.treeId(), Protection.SIGNED),
            IoctlRequest.of(id, new SrvRequestResumeKey()))
        .get(20, SECONDS)
        .status();
  }
}
