package io.copychunk.client.internal.connection;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbNegotiationException.Lack;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.client.internal.capture.Diagnostics;
import io.copychunk.client.internal.transport.EventLoops;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects to a server and negotiates (3.2.4.2.1, 3.2.4.2.2.2, 3.2.5.2). Thread-safe. */
public final class Connector {
  /** How many bytes may wait for a server that does not read, and when it has read enough of them. */
  private static final WriteBufferWaterMark UNREAD_BY_THE_SERVER =
      new WriteBufferWaterMark(1 << 20, 4 << 20);

  private final EventLoopGroup group;
  private final SmbConfig config;
  private final Diagnostics diagnostics;
  private final Guid clientGuid;
  private final Executor blocking;
  private final Duration timeout;
  private final SecureRandom random = new SecureRandom();

  /**
   * Creates a connector.
   *
   * @param group the event loops
   * @param config the configuration
   * @param diagnostics what connections are to write down; stays the caller's
   * @param clientGuid names this client to its servers
   * @param blocking where names are resolved, which blocks
   */
  public Connector(
      EventLoopGroup group,
      SmbConfig config,
      Diagnostics diagnostics,
      Guid clientGuid,
      Executor blocking) {
    this.diagnostics = diagnostics;
    this.group = group;
    this.config = config;
    this.clientGuid = clientGuid;
    this.blocking = blocking;
    this.timeout = config.transport().connectTimeout();
  }

  /**
   * Connects and negotiates within the time for connecting; tries the addresses of the host one after
   * the other.
   *
   * @param host name or address
   * @param port 1 to 65535
   * @return an established connection, or an {@code SmbException}
   */
  public CompletableFuture<Connection> connect(String host, int port) {
    CompletableFuture<Connection> result = new CompletableFuture<>();
    try {
      Future<?> deadline = group
          .next()
          .schedule(
              () -> result.completeExceptionally(late(host + ":" + port, null)),
              timeout.toNanos(),
              TimeUnit.NANOSECONDS);
      result.whenComplete((connection, failure) -> deadline.cancel(false));
      blocking.execute(() -> resolve(host, port, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          SmbTransportException.noConnection(host, "the executor has ended", e));
    }
    return result;
  }

  private void resolve(String host, int port, CompletableFuture<Connection> result) {
    try {
      connect(host, port, new ArrayDeque<>(List.of(InetAddress.getAllByName(host))), result);
    } catch (UnknownHostException e) {
      result.completeExceptionally(SmbTransportException.noConnection(host, "unknown host", e));
    } catch (RuntimeException e) {
      result.completeExceptionally(
          SmbTransportException.noConnection(host, String.valueOf(e.getMessage()), e));
    }
  }

  private void connect(
      String host, int port, Deque<InetAddress> addresses, CompletableFuture<Connection> result) {
    String remote = host + ":" + port;
    CompletableFuture<Connection> made = new CompletableFuture<>();
    ChannelFuture connecting = new Bootstrap()
        .group(group)
        .channel(EventLoops.channelType(group))
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD_BY_THE_SERVER)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, shareOfTime(addresses.size()))
        .handler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            made.complete(Connection.on(channel, remote, config, diagnostics));
          }
        })
        .connect(new InetSocketAddress(addresses.remove(), port));
    result.whenComplete((connection, failure) -> {
      if (failure != null) {
        connecting.channel().close(); // given up, or of no use
      }
    });
    connecting.addListener(done -> {
      if (done.isSuccess()) {
        negotiate(made.join(), host, result);
      } else if (!addresses.isEmpty() && !result.isDone()) {
        connect(host, port, addresses, result);
      } else {
        Throwable cause = done.cause();
        result.completeExceptionally(
            cause instanceof ConnectTimeoutException
                ? late(remote, cause)
                : SmbTransportException.noConnection(remote, SocketErrors.reason(cause), cause));
      }
    });
  }

  /** No address of several may use up the time of all, in milliseconds. */
  private int shareOfTime(int addresses) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis() / addresses));
  }

  private SmbTimeoutException late(String remote, @Nullable Throwable cause) {
    return new SmbTimeoutException(
        "cannot connect to " + remote + ": not done within " + timeout.toMillis() + " ms", cause);
  }

  /** Runs on the connection's event loop. */
  private void negotiate(Connection connection, String host, CompletableFuture<Connection> result) {
    NegotiateOffer offer = NegotiateOffer.of(config.security(), clientGuid);
    byte[] salt = new byte[NegotiateOffer.SALT_SIZE];
    random.nextBytes(salt);
    NegotiateRequest request = offer.toRequest(host, Octets.copyOf(salt));
    HashOfBytes hash = new HashOfBytes();
    connection
        .send(new PendingRequest<>(RequestScope.NONE, request).showBytes(hash::add, hash::add))
        .whenComplete((reply, failure) -> {
          SmbException error = failure == null ? null : negotiationFailure(connection, failure);
          if (error == null) {
            error = establish(connection, offer, reply.body(), hash.value);
          }
          if (error != null) {
            connection.close(error);
            result.completeExceptionally(error);
          } else if (!result.complete(connection)) {
            connection.close(new SmbTransportException(connection + ": given up"));
          }
        });
  }

  private @Nullable SmbException establish(
      Connection connection,
      NegotiateOffer offer,
      NegotiateResponse response,
      PreauthIntegrityHash hash) {
    try {
      NegotiatedProtocol protocol = NegotiatedProtocol.of(offer, response, hash);
      if (config.security().encryptionRequired() && protocol.cipher() == null) {
        throw new SmbNegotiationException(
            connection
                + ": the server can not encrypt (SMB "
                + protocol.dialect()
                + ", offered: "
                + offer.ciphers()
                + "), which the security policy requires",
            Lack.CIPHER);
      }
      connection.establish(protocol);
      return null;
    } catch (SmbException e) {
      return e;
    }
  }

  private static SmbException negotiationFailure(Connection connection, Throwable failure) {
    if (failure instanceof SmbException e) {
      return e;
    }
    if (failure instanceof FailedRequestException e) {
      boolean noDialect = e.status().equals(NtStatus.NOT_SUPPORTED);
      String why =
          noDialect ? ": the server speaks none of the dialects that are allowed here" : "";
      return new SmbNegotiationException(
          connection + ": NEGOTIATE: " + e.status() + why,
          noDialect ? Lack.DIALECT : Lack.UNKNOWN,
          e);
    }
    return new SmbNegotiationException(
        connection + ": NEGOTIATE: " + failure, Lack.UNKNOWN, failure);
  }

  /** The preauthentication integrity hash over the very bytes (3.1.4.4.1). */
  private static final class HashOfBytes {
    private PreauthIntegrityHash value = PreauthIntegrityHash.ZERO;

    private void add(Octets message) {
      value = value.update(message.toByteArray());
    }
  }
}
