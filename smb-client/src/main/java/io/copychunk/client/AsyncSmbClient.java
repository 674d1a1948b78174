package io.copychunk.client;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.config.TransportConfig;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.internal.capture.Diagnostics;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.Connector;
import io.copychunk.client.internal.session.Call;
import io.copychunk.client.internal.transport.EventLoops;
import io.copychunk.wire.Guid;
import io.copychunk.wire.PrintableText;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of {@link SmbClient}. Futures complete on the callback executor; cancelling
 * one cancels what it stands for. Thread-safe.
 */
public final class AsyncSmbClient implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 2;
  private static final int MIN_CALLBACK_THREADS = 2;

  private final SmbConfig config;
  private final Diagnostics diagnostics;
  private final EventLoopGroup group;
  private final boolean ownsGroup;
  private final Executor executor;
  private final @Nullable ForkJoinPool ownPool;
  private final Executor resolver;
  private final Connector connector;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  AsyncSmbClient(SmbConfig config) {
    TransportConfig transport = config.transport();
    this.config = config;
    this.ownsGroup = transport.eventLoopGroup() == null;
    this.group = transport.eventLoopGroup() == null
        ? EventLoops.create(transport.ioEngine())
        : transport.eventLoopGroup();
    this.diagnostics = openDiagnostics(); // only now: what fails shall leave no file behind
    this.ownPool = transport.callbackExecutor() == null ? callbackPool() : null;
    Executor given =
        Objects.requireNonNull(ownPool == null ? transport.callbackExecutor() : ownPool);
    this.executor = task -> executeAnyway(given, task);
    this.resolver = given;
    this.connector = newConnector();
  }

  /**
   * With a ClientGuid of its own: Samba gives all connections of one ClientGuid to one process, whose one
   * core is the limit then.
   */
  private Connector newConnector() {
    return new Connector(group, config, diagnostics, Guid.of(UUID.randomUUID()), resolver);
  }

  private Diagnostics openDiagnostics() {
    try {
      return Diagnostics.open(config.diagnostics());
    } catch (UncheckedIOException e) {
      if (ownsGroup) {
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
      }
      throw e;
    }
  }

  /**
   * Connects to a server on port 445 and negotiates.
   *
   * @param host name or address
   * @return the connection; fails with an {@code SmbTransportException}, {@code
   *     SmbNegotiationException}, {@code SmbProtocolException} or {@code SmbTimeoutException}
   * @throws IllegalArgumentException when the host is empty
   */
  public CompletableFuture<AsyncSmbConnection> connect(String host) {
    return connect(host, TransportConfig.DEFAULT_PORT);
  }

  /**
   * Connects to a server and negotiates.
   *
   * @param host name or address
   * @param port 1 to 65535
   * @return the connection; fails with an {@code SmbTransportException}, {@code
   *     SmbNegotiationException}, {@code SmbProtocolException} or {@code SmbTimeoutException}
   * @throws IllegalArgumentException when the host is empty or the port out of range
   */
  public CompletableFuture<AsyncSmbConnection> connect(String host, int port) {
    return published(connectNow(host, port));
  }

  CompletableFuture<AsyncSmbConnection> connectNow(String host, int port) {
    return connectNow(connector, host, port);
  }

  private CompletableFuture<AsyncSmbConnection> connectNow(
      Connector connector, String host, int port) {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("server: \"" + PrintableText.of(host) + "\" port " + port
          + " (expected: a host, and 1..65535)");
    }
    if (closed) {
      return CompletableFuture.failedFuture(new SmbClosedException("the client was closed"));
    }
    long begun = System.nanoTime();
    CompletableFuture<Connection> connecting = connector.connect(host, port);
    Call<AsyncSmbConnection> call = new Call<>(() -> connecting.cancel(false));
    connecting.whenComplete((connection, failure) -> {
      if (failure != null) {
        call.completeExceptionally(failure);
        return;
      }
      AsyncSmbConnection opened = adopt(connection, host, port, begun);
      if (!call.complete(opened)) {
        opened.close();
      }
    });
    return call;
  }

  private AsyncSmbConnection adopt(Connection connection, String host, int port, long begun) {
    connections.add(connection);
    connection.closed().thenRun(() -> connections.remove(connection));
    if (closed) {
      connection.close(new SmbClosedException("the client was closed"));
    }
    Duration remaining = config.transport().connectTimeout().minusNanos(System.nanoTime() - begun);
    return new AsyncSmbConnection(
        connection,
        host,
        config,
        remaining,
        () -> connectNow(newConnector(), host, port),
        executor);
  }

  /**
   * Closes all connections and ends the client's own threads. What is under way fails. Waits for at
   * most two seconds.
   *
   * @throws IllegalStateException when called on an event loop, as a {@code WireListener} is
   */
  @Override
  public void close() {
    requireOffEventLoops();
    closed = true;
    CompletableFuture<?>[] closing = connections.stream()
        .map(connection -> connection.close(new SmbClosedException("the client was closed")))
        .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(closing)
        .completeOnTimeout(null, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
        .join();
    if (ownsGroup) {
      group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
    if (ownPool != null) {
      ownPool.shutdown();
    }
    diagnostics.close();
  }

  /** Whoever waits on an event loop may wait for what only that loop can do. */
  void requireOffEventLoops() {
    for (EventExecutor loop : group) {
      if (loop.inEventLoop()) {
        throw new IllegalStateException("a blocking call on an event loop would never return");
      }
    }
  }

  private CompletableFuture<AsyncSmbConnection> published(
      CompletableFuture<AsyncSmbConnection> internal) {
    return Published.of(internal, connection -> connection, AsyncSmbConnection::close, executor);
  }

  /** An executor may have ended, as with a closed client; whoever waits shall hear so all the same. */
  private static void executeAnyway(Executor executor, Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      ForkJoinPool.commonPool().execute(task);
    }
  }

  /**
   * The common pool has one thread or none on small machines, where {@code CompletableFuture} would
   * start a thread for every callback.
   */
  private static ForkJoinPool callbackPool() {
    int threads = Math.max(MIN_CALLBACK_THREADS, Runtime.getRuntime().availableProcessors());
    return new ForkJoinPool(threads, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
  }
}
