package io.copychunk.client;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.config.TransportConfig;
import io.copychunk.client.error.SmbException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;

/**
 * Where everything begins: holds the configuration and the threads, and connects to servers.
 *
 * <pre>{@code
 * try (SmbClient client = SmbClient.create();
 *     SmbSession session = client.connect("nas").login(Credentials.password("DOM", "user", secret));
 *     SmbShare share = session.share("projects");
 *     SmbFile file = share.open("a.bin", OpenOptions.read())) {
 *   ResumeKey key = file.requestResumeKey();
 * }
 * }</pre>
 *
 * <p>All blocking methods wait for their asynchronous counterpart; an interrupt cancels the
 * operation. Thread-safe.
 */
public final class SmbClient implements AutoCloseable {
  private final AsyncSmbClient async;

  private SmbClient(AsyncSmbClient async) {
    this.async = async;
  }

  /**
   * A client with the defaults.
   *
   * @return to be closed by the caller
   */
  public static SmbClient create() {
    return create(SmbConfig.defaults());
  }

  /**
   * A client with a configuration.
   *
   * @param config the configuration
   * @return to be closed by the caller
   * @throws UncheckedIOException when a file of {@link SmbConfig#diagnostics} exists already, or can not
   *     be created or written
   * @throws IllegalStateException when {@link io.copychunk.client.config.IoEngine#IO_URING} was asked
   *     for and is not available
   */
  public static SmbClient create(SmbConfig config) {
    return new SmbClient(new AsyncSmbClient(config));
  }

  /**
   * The asynchronous face of this client.
   *
   * @return shares everything with this one
   */
  public AsyncSmbClient async() {
    return async;
  }

  /**
   * Connects to a server on port 445 and negotiates.
   *
   * @param host name or address
   * @return a connection that closes itself with its last session
   * @throws SmbException when the server can not be reached or nothing acceptable is agreed on
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when the host is empty
   * @throws IllegalStateException when called on an event loop of the client
   */
  public SmbConnection connect(String host) throws SmbException, InterruptedIOException {
    return connect(host, TransportConfig.DEFAULT_PORT);
  }

  /**
   * Connects to a server and negotiates.
   *
   * @param host name or address
   * @param port 1 to 65535
   * @return a connection that closes itself with its last session
   * @throws SmbException when the server can not be reached or nothing acceptable is agreed on
   * @throws InterruptedIOException when interrupted
   * @throws IllegalArgumentException when the host is empty or the port out of range
   * @throws IllegalStateException when called on an event loop of the client
   */
  public SmbConnection connect(String host, int port) throws SmbException, InterruptedIOException {
    async.requireOffEventLoops();
    return new SmbConnection(Waiting.forResult(async.connectNow(host, port)));
  }

  /** Closes all connections and ends the client's own threads; see {@link AsyncSmbClient#close}. */
  @Override
  public void close() {
    async.close();
  }
}
