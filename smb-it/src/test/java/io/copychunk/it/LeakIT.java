package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.testing.NoLeaks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Every class that runs against Samba fails on a leak; here is the proof that it would. */
@RunsAgainstSamba
class LeakIT {
  private final SambaServer server;
  private final Scratch scratch;

  LeakIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @Test
  void aLeakedBufferIsFound() {
    leak();
    assertThat(NoLeaks.found())
        .singleElement()
        .asString()
        .contains("ByteBuf")
        .contains(LeakIT.class.getSimpleName());
  }

  @Test
  void nothingIsLeakedByKeysErrorsAndCancelledRequests() throws Exception {
    List<String> paths = scratch.writeMany("work", 50);
    try (SmbClient client = SmbClient.create();
        SmbSession session = server.login(client);
        SmbShare share = session.share(server.share("work"))) {
      for (int i = 0; i < 20; i++) {
        List<CompletableFuture<?>> futures = paths.stream()
            .<CompletableFuture<?>>map(path -> share.async().openWithResumeKey(path))
            .toList();
        share.async().openWithResumeKey(scratch.path("missing.bin"));
        futures.forEach(future -> future.cancel(true));
      }
      share.openWithResumeKey(paths.get(0)).close();
    }
    assertThat(NoLeaks.found()).isEmpty();
  }

  private static void leak() {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(16);
    buffer.touch(UUID.randomUUID()); // the same leak is reported only once
  }
}
