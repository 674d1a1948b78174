package io.copychunk.client.cli;

import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.Credentials;
import io.copychunk.client.SessionSecurity;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbShare;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The shares that the command uses: one connection for all URLs of a server and user. A login that failed is not tried
 * again, lest an account be locked. For one thread.
 */
final class Servers implements AutoCloseable {
  /** A share that can be used. */
  record Connected(AsyncSmbShare share, SessionSecurity security) {}

  private final SmbClient client;
  private final CredentialSource credentials;
  private final Map<String, CompletableFuture<AsyncSmbSession>> sessions = new HashMap<>();
  private final Map<String, CompletableFuture<Connected>> shares = new HashMap<>();

  Servers(SmbClient client, CredentialSource credentials) {
    this.client = client;
    this.credentials = credentials;
  }

  /** The share of a URL. */
  CompletableFuture<Connected> share(SmbUrl url) throws CommandException {
    Credentials who = credentials.forUrl(url);
    String server = who + "@" + url.server();
    return shares.computeIfAbsent(
        server + "/" + url.share().toLowerCase(Locale.ROOT), name -> connect(url, who, server));
  }

  /** The share of a URL, for the blocking face. */
  SmbShare blocking(SmbUrl url) throws CommandException, InterruptedException {
    try {
      return share(url).get().share().blocking();
    } catch (ExecutionException e) {
      throw new CommandException(Diagnosis.of(e, url.text()), e);
    }
  }

  /** Logs off everywhere. */
  @Override
  public void close() {
    CompletableFuture<?>[] goodbyes = sessions.values().stream()
        .map(session -> session.thenCompose(AsyncSmbSession::close).exceptionally(failure -> null))
        .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(goodbyes).join();
  }

  private CompletableFuture<Connected> connect(SmbUrl url, Credentials who, String server) {
    return sessions
        .computeIfAbsent(
            server,
            name ->
                client.async().connect(url.host(), url.port()).thenCompose(made -> made.login(who)))
        .thenCompose(session ->
            session.share(url.share()).thenApply(share -> new Connected(share, share.security())));
  }
}
