package io.copychunk.client.config;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Connecting, deadlines and threads. */
public final class TransportConfig {
  /** The port of Direct TCP (2.1). */
  public static final int DEFAULT_PORT = 445;

  /** The largest frame that the 3-byte length of Direct TCP can announce, in bytes. */
  public static final int MAX_FRAME_SIZE = 0x00FF_FFFF;

  /** The largest number of connections that one session can be told to have. */
  public static final int MAX_CONNECTIONS = 32;

  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Duration frameTimeout;
  private final int maxFrameSize;
  private final int maxConnections;
  private final IoEngine ioEngine;
  private final @Nullable EventLoopGroup eventLoopGroup;
  private final @Nullable Executor callbackExecutor;
  private final WireListener wireListener;

  private TransportConfig(Builder builder) {
    this.connectTimeout = builder.connectTimeout;
    this.requestTimeout = builder.requestTimeout;
    this.frameTimeout = builder.frameTimeout;
    this.maxFrameSize = builder.maxFrameSize;
    this.maxConnections = builder.maxConnections;
    this.ioEngine = builder.ioEngine;
    this.eventLoopGroup = builder.eventLoopGroup;
    this.callbackExecutor = builder.callbackExecutor;
    this.wireListener = builder.wireListener;
  }

  /**
   * How long connecting and the first login may take together: name resolution, TCP, NEGOTIATE and
   * all legs of SESSION_SETUP. Time between the two is not counted. Every further login, and every
   * renewal of a session that has expired, may take as long again. What takes longer fails with an
   * {@link io.copychunk.client.error.SmbTimeoutException}.
   *
   * @return by default 15 s
   */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * How long the server may be silent about a request. An interim response starts it anew, once. A
   * request that takes longer fails with an {@link io.copychunk.client.error.SmbTimeoutException} of
   * request scope; when the server answers nothing at all, ECHO included, one of connection scope
   * ends the connection.
   *
   * @return by default 30 s
   */
  public Duration requestTimeout() {
    return requestTimeout;
  }

  /**
   * How long a frame may take once its first byte has come. One that takes longer ends the connection
   * with an {@link io.copychunk.client.error.SmbTimeoutException}.
   *
   * @return by default 10 s
   */
  public Duration frameTimeout() {
    return frameTimeout;
  }

  /**
   * The largest frame that is accepted from a server, whatever it announces.
   *
   * @return bytes; by default {@value #MAX_FRAME_SIZE}
   */
  public int maxFrameSize() {
    return maxFrameSize;
  }

  /**
   * How many connections one session may have, when more than one are of use, as for a tree of many
   * files.
   *
   * @return 1 to {@value #MAX_CONNECTIONS}, by default 4
   */
  public int maxConnections() {
    return maxConnections;
  }

  /**
   * How the client's own event loops wait for the network.
   *
   * @return by default {@link IoEngine#AUTO}
   */
  public IoEngine ioEngine() {
    return ioEngine;
  }

  /**
   * The event loops to use in place of the client's own.
   *
   * @return the caller's group, which the client does not shut down, or null
   */
  public @Nullable EventLoopGroup eventLoopGroup() {
    return eventLoopGroup;
  }

  /**
   * Where the futures of the asynchronous API are completed.
   *
   * <p>Host names are resolved there too, which blocks. An executor that runs tasks on the calling
   * thread would let callbacks run on event loops, where they must not block.
   *
   * @return the caller's executor, or null for a pool of the client's own
   */
  public @Nullable Executor callbackExecutor() {
    return callbackExecutor;
  }

  /**
   * Who is told of every message.
   *
   * @return by default one that does nothing
   */
  public WireListener wireListener() {
    return wireListener;
  }

  /** The group in a line. */
  @Override
  public String toString() {
    return "transport[connect %s, request %s, frame %s, frames <= %d bytes, connections <= %d, %s]"
        .formatted(
            connectTimeout,
            requestTimeout,
            frameTimeout,
            maxFrameSize,
            maxConnections,
            eventLoopGroup == null ? ioEngine : "the caller's event loops");
  }

  Builder toBuilder() {
    Builder builder = new Builder();
    builder.connectTimeout = connectTimeout;
    builder.requestTimeout = requestTimeout;
    builder.frameTimeout = frameTimeout;
    builder.maxFrameSize = maxFrameSize;
    builder.maxConnections = maxConnections;
    builder.ioEngine = ioEngine;
    builder.eventLoopGroup = eventLoopGroup;
    builder.callbackExecutor = callbackExecutor;
    builder.wireListener = wireListener;
    return builder;
  }

  /** Builds a {@link TransportConfig}. */
  public static final class Builder {
    private static final int MIN_FRAME_SIZE = 65_536 + 2048;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_TIMEOUT = Duration.ofDays(365);

    private Duration connectTimeout = Duration.ofSeconds(15);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration frameTimeout = Duration.ofSeconds(10);
    private int maxFrameSize = MAX_FRAME_SIZE;
    private int maxConnections = 4;
    private IoEngine ioEngine = IoEngine.AUTO;
    private @Nullable EventLoopGroup eventLoopGroup;
    private @Nullable Executor callbackExecutor;
    private WireListener wireListener = (sent, header, size) -> {};

    Builder() {}

    /**
     * Sets how long connecting and the first login may take together.
     *
     * @param timeout 1 ms to 365 days
     * @return this builder
     */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    /**
     * Sets how long the server may be silent about a request.
     *
     * @param timeout 1 ms to 365 days
     * @return this builder
     */
    public Builder requestTimeout(Duration timeout) {
      this.requestTimeout = timeout;
      return this;
    }

    /**
     * Sets how long a frame may take once its first byte has come.
     *
     * @param timeout 1 ms to 365 days
     * @return this builder
     */
    public Builder frameTimeout(Duration timeout) {
      this.frameTimeout = timeout;
      return this;
    }

    /**
     * Sets the largest frame that is accepted from a server.
     *
     * @param bytes 67584, which holds 64 KiB of payload, to {@value TransportConfig#MAX_FRAME_SIZE}
     * @return this builder
     */
    public Builder maxFrameSize(int bytes) {
      this.maxFrameSize = bytes;
      return this;
    }

    /**
     * Sets how many connections one session may have, when more than one are of use.
     *
     * @param count 1 to {@value TransportConfig#MAX_CONNECTIONS}
     * @return this builder
     */
    public Builder maxConnections(int count) {
      this.maxConnections = count;
      return this;
    }

    /**
     * Sets how the client's own event loops wait for the network.
     *
     * @param engine of no meaning when a group is given
     * @return this builder
     */
    public Builder ioEngine(IoEngine engine) {
      this.ioEngine = engine;
      return this;
    }

    /**
     * Sets the event loops to use.
     *
     * @param group stays the caller's, who shuts it down; null for the client's own
     * @return this builder
     */
    public Builder eventLoopGroup(@Nullable EventLoopGroup group) {
      this.eventLoopGroup = group;
      return this;
    }

    /**
     * Sets where the futures of the asynchronous API are completed.
     *
     * @param executor stays the caller's; null for the default
     * @return this builder
     */
    public Builder callbackExecutor(@Nullable Executor executor) {
      this.callbackExecutor = executor;
      return this;
    }

    /**
     * Sets who is told of every message.
     *
     * @param listener runs on event loops
     * @return this builder
     */
    public Builder wireListener(WireListener listener) {
      this.wireListener = listener;
      return this;
    }

    TransportConfig build() {
      checkTimeout("connectTimeout", connectTimeout);
      checkTimeout("requestTimeout", requestTimeout);
      checkTimeout("frameTimeout", frameTimeout);
      if (maxFrameSize < MIN_FRAME_SIZE || maxFrameSize > MAX_FRAME_SIZE) {
        throw new IllegalArgumentException("transport.maxFrameSize: "
            + maxFrameSize
            + " (expected: "
            + MIN_FRAME_SIZE
            + ".."
            + MAX_FRAME_SIZE
            + ")");
      }
      if (maxConnections < 1 || maxConnections > MAX_CONNECTIONS) {
        throw new IllegalArgumentException("transport.maxConnections: " + maxConnections
            + " (expected: 1.." + MAX_CONNECTIONS + ")");
      }
      return new TransportConfig(this);
    }

    private static void checkTimeout(String name, Duration timeout) {
      if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException(
            "transport." + name + ": " + timeout + " (expected: 1 ms to 365 days)");
      }
    }
  }
}
