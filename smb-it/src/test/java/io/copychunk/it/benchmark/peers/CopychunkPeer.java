package io.copychunk.it.benchmark.peers;

import io.copychunk.client.Credentials;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyTask;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.tree.TreeCopy;
import io.copychunk.client.copy.tree.TreeOptions;
import io.copychunk.client.copy.tree.TreeProgress;
import io.copychunk.it.benchmark.KeyWindow;
import java.util.List;

/** This library. Keys come by one connection, trees by as many as are of use. */
final class CopychunkPeer implements Peer {
  /** So many files are under way when keys are got: 8,192 credits, and two requests a file. */
  private static final int WINDOW = 3000;

  private final SmbClient client = SmbClient.create();
  private final SmbSession session;
  private final SmbShare share;
  private final CopyEngine engine = new CopyEngine();

  private final boolean inPlace;

  CopychunkPeer(Where where, boolean inPlace) throws Exception {
    this.inPlace = inPlace;
    session = client
        .connect(where.host(), where.port())
        .login(Credentials.password(where.domain(), where.user(), where.password()));
    share = session.share(where.share());
  }

  @Override
  public void keys(List<String> names, int count) throws Exception {
    KeyWindow.get(share.async(), names, count, WINDOW);
  }

  @Override
  public void files(String from, String to, List<String> names) throws Exception {
    for (String name : names) {
      CopyTask task = engine.start(
          FileLocation.of(share, from + "/" + name),
          FileLocation.of(share, to + "/" + name),
          CopyOptions.defaults());
      task.result().get();
    }
  }

  @Override
  public void tree(String from, String to, List<String> directories, List<String> files)
      throws Exception {
    TreeProgress result = new TreeCopy(engine)
        .start(
            FileLocation.of(share, from),
            FileLocation.of(share, to),
            TreeOptions.builder()
                .files(CopyOptions.builder().inPlace(inPlace).build())
                .build())
        .result()
        .get();
    if (result.failed() > 0 || result.files() != files.size()) {
      throw new IllegalStateException("not all was copied: " + result);
    }
  }

  @Override
  public void close() throws Exception {
    share.close();
    session.close();
    client.close();
  }
}
