package io.copychunk.it.benchmark;

import io.copychunk.client.Credentials;
import io.copychunk.client.SessionSecurity;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SmbConfig;
import java.util.List;

/** This library, on one connection, with a window of files under way. */
final class CopychunkKeys implements Keys {
  static final int WINDOW = 1_000;

  private final List<String> names;
  private final SmbClient client;
  private final SmbSession session;
  private final SmbShare share;

  CopychunkKeys(BenchmarkServer server, SmbConfig config, List<String> names) throws Exception {
    this.names = names;
    this.client = SmbClient.create(config);
    this.session = client
        .connect(server.host(), server.port())
        .login(Credentials.password("", server.user(), server.password()));
    this.share = session.share("work");
  }

  /** How the session is protected. */
  SessionSecurity security() {
    return session.security();
  }

  @Override
  public void get(int count) throws Exception {
    KeyWindow.get(share.async(), names, count, WINDOW);
  }

  @Override
  public void close() throws Exception {
    share.close();
    session.close();
    client.close();
  }
}
