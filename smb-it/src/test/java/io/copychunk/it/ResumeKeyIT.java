package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import org.junit.jupiter.api.Test;

@RunsAgainstSamba
class ResumeKeyIT {
  private final SambaServer server;
  private final Scratch scratch;

  ResumeKeyIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @Test
  void first() throws Exception {
    String path = scratch.write("work", "a.bin", Scratch.content(1, 100));
    try (SmbClient client = SmbClient.create();
        SmbSession session =
            client.connect(server.host(), server.port()).login(server.credentials());
        SmbShare share = session.share("work");
        SmbFile file = share.open(path, OpenOptions.read())) {
      ResumeKey key = file.requestResumeKey();
      assertThat(key.bytes()).hasSize(24);
      System.out.println(session.security() + " " + key);
    }
  }
}
