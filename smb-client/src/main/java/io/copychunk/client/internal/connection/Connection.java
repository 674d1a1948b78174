package io.copychunk.client.internal.connection;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.config.WireListener;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.client.internal.capture.Diagnostics;
import io.copychunk.client.internal.capture.KeyLogFile;
import io.copychunk.client.internal.capture.PcapngFile;
import io.copychunk.client.internal.connection.ConnectionState.Closed;
import io.copychunk.client.internal.connection.ConnectionState.Established;
import io.copychunk.client.internal.connection.ConnectionState.Negotiating;
import io.copychunk.client.internal.transport.CaptureHandler;
import io.copychunk.client.internal.transport.CompoundDecoder;
import io.copychunk.client.internal.transport.CompoundEncoder;
import io.copychunk.client.internal.transport.DirectTcpFraming;
import io.copychunk.client.internal.transport.ReadModeration;
import io.copychunk.client.internal.transport.SessionCiphers;
import io.copychunk.client.internal.transport.SignatureHandler;
import io.copychunk.client.internal.transport.TransformCodec;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.TransformHeader;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a server (3.2.1.2 Connection).
 *
 * <p>The public methods may be called by any thread. Everything behind them runs on the connection's
 * event loop, without locks; futures are completed there.
 */
public final class Connection {
  private static final Logger logger = LoggerFactory.getLogger(Connection.class);
  private static final AtomicLong COUNTER = new AtomicLong();

  /** Frames may exceed the largest payload by headers, paddings and contexts. */
  private static final int FRAME_SLACK = 1024 + TransformHeader.SIZE;

  private static final int FRAME_LIMIT_BEFORE_NEGOTIATION = 65_536 + FRAME_SLACK;

  private final String name;
  private final Channel channel;
  private final SmbConfig config;
  private final Diagnostics diagnostics;
  private final DirectTcpFraming framing;
  private final SequenceWindow window;
  private final OutstandingRequests outstanding = new OutstandingRequests();
  private final RequestSender sender;
  private final SessionTable sessions = new SessionTable(outstanding::hasAnyOf);
  private final ExpiredSessions expired = new ExpiredSessions(sessions::renewal, this::resend);
  private final CompletableFuture<SmbException> closed = new CompletableFuture<>();
  private final Deadlines deadlines;

  private final Queue<Runnable> submitted = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private volatile ConnectionState state = new Negotiating();

  /** Written by the event loop alone. */
  private volatile long leastRoundTrip = Long.MAX_VALUE;

  /** Whether answers are being handled; of the event loop. */
  private boolean reading;

  private Connection(Channel channel, String remote, SmbConfig config, Diagnostics diagnostics) {
    this.name = "smb-" + COUNTER.incrementAndGet() + " " + PrintableText.of(remote);
    this.diagnostics = diagnostics;
    this.channel = channel;
    this.config = config;
    this.window = new SequenceWindow(config.credits().target());
    this.framing =
        new DirectTcpFraming(FRAME_LIMIT_BEFORE_NEGOTIATION, config.transport().frameTimeout());
    this.sender = new RequestSender(
        channel,
        window,
        outstanding,
        sessions::ciphers,
        this::writeFailed,
        config.credits().maxQueued());
    this.deadlines = new Deadlines(this, outstanding, sender, config.transport().requestTimeout());
  }

  /**
   * Builds the pipeline on a channel that is about to be connected.
   *
   * @param channel belongs to the connection from now on
   * @param remote the server, for messages
   * @param config the configuration
   * @param diagnostics what is to be written down
   * @return a connection that has not negotiated yet
   */
  public static Connection on(
      Channel channel, String remote, SmbConfig config, Diagnostics diagnostics) {
    Connection connection = new Connection(channel, remote, config, diagnostics);
    WireListener listener = MessageTrace.before(
        connection.name, new GuardedListener(connection.name, config.transport().wireListener()));
    channel
        .pipeline()
        .addLast("moderation", new ReadModeration(connection.outstanding::size))
        .addLast("framing", connection.framing)
        .addLast("transform", new TransformCodec(connection.sessions::ciphers))
        .addLast("compound-decoder", new CompoundDecoder(connection.outstanding::size))
        .addLast("signature", new SignatureHandler(connection.sessions::ciphers))
        .addLast("compound-encoder", new CompoundEncoder(listener))
        .addLast(
            "dispatcher",
            new Dispatcher(connection, connection.outstanding, connection.window, listener));
    PcapngFile pcap = diagnostics.pcap();
    if (pcap != null) {
      channel
          .pipeline()
          .addAfter("transform", "capture", new CaptureHandler(pcap, connection.name));
    }
    return connection;
  }

  /**
   * Where the keys of sessions are to be noted.
   *
   * @return null, unless that was asked for
   */
  public @Nullable KeyLogFile keyLog() {
    return diagnostics.keyLog();
  }

  /**
   * The event loop that everything of this connection runs on.
   *
   * @return the channel's
   */
  public EventLoop eventLoop() {
    return channel.eventLoop();
  }

  /**
   * What client and server have agreed on, also after the connection was closed.
   *
   * @return known from the moment that the connection is established
   * @throws IllegalStateException before that
   */
  public NegotiatedProtocol protocol() {
    ConnectionState now = state;
    if (now instanceof Established established) {
      return established.protocol();
    }
    if (now instanceof Closed end && end.protocol() != null) {
      return end.protocol();
    }
    throw new IllegalStateException(name + ": " + now);
  }

  /**
   * Sends one request.
   *
   * @param request not sent before
   * @param <R> the response
   * @return the same request
   */
  public <R extends Smb2Response> PendingRequest<R> send(PendingRequest<R> request) {
    submit(List.of(request));
    return request;
  }

  /**
   * Sends one request.
   *
   * @param scope what the session stamps on it
   * @param request the body
   * @param <R> the response
   * @return the future of its response
   */
  public <R extends Smb2Response> PendingRequest<R> send(
      RequestScope scope, Smb2Request<R> request) {
    return send(new PendingRequest<>(scope, request));
  }

  /**
   * Sends several requests in one frame.
   *
   * @param chain at least one; all of one session
   */
  public void sendCompound(List<PendingRequest<?>> chain) {
    submit(List.copyOf(chain));
  }

  /**
   * Gives a request up: its future fails at once, the server is asked to stop working on it, and a
   * late answer is undone.
   *
   * @param request a request of this connection
   * @param cause what its future fails with
   */
  public void abandon(PendingRequest<?> request, Throwable cause) {
    if (eventLoop().inEventLoop()) {
      abandonNow(request, cause);
    } else { // in its turn: CANCEL goes out before what the failure sets off
      submit(() -> abandonNow(request, cause));
    }
  }

  /**
   * Lets a session sign, encrypt and be verified from now on. Only on the event loop.
   *
   * @param sessionId the session
   * @param ciphers what signs and encrypts
   * @param renewal how it is authenticated anew when the server says that it has expired
   * @throws SmbProtocolException when the connection has another session of this id
   */
  public void addSession(long sessionId, SessionCiphers ciphers, SessionRenewal renewal)
      throws SmbProtocolException {
    if (!sessions.add(sessionId, ciphers, renewal)) {
      throw new SmbProtocolException("%s: SessionId: 0x%x (expected: one that no other session has)"
          .formatted(name, sessionId));
    }
    expired.forget(sessionId);
  }

  /**
   * Forgets a session's keys, unless something of the session was not answered yet: a late answer has
   * to be verified all the same.
   *
   * @param sessionId the session
   */
  public void removeSession(long sessionId) {
    execute(() -> {
      sessions.retire(sessionId);
      expired.forget(sessionId);
    });
  }

  /**
   * Closes the connection; whatever is under way fails.
   *
   * @param cause why
   * @return completes when everything has failed and the socket is closed
   */
  public CompletableFuture<SmbException> close(SmbException cause) {
    execute(() -> fail(cause));
    return closed;
  }

  /**
   * What of a payload fits into the frames that this connection accepts.
   *
   * @param bytes the payload that is wanted
   * @return at most {@code bytes}
   */
  public long largestPayload(long bytes) {
    return Math.min(bytes, config.transport().maxFrameSize() - FRAME_SLACK);
  }

  /**
   * The credits that the server has granted and not taken back.
   *
   * @return those that can be used now, and those of requests under way
   */
  public CompletableFuture<Integer> credits() {
    CompletableFuture<Integer> credits = new CompletableFuture<>();
    execute(() -> credits.complete(window.available() + window.inFlight()));
    return credits;
  }

  /**
   * Whether the connection is of no more use.
   *
   * @return whether it was closed from either side
   */
  public boolean isClosed() {
    return state instanceof Closed;
  }

  /**
   * Completes when the connection is closed.
   *
   * @return completes with the cause; never fails
   */
  public CompletableFuture<SmbException> closed() {
    return closed;
  }

  /**
   * Runs a task on the event loop, at once if this is it.
   *
   * @param task must not block
   */
  public void execute(Runnable task) {
    if (eventLoop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and with it whatever could have raced with us.
      task.run();
    }
  }

  /** The connection's number and the server. */
  @Override
  public String toString() {
    return name;
  }

  void establish(NegotiatedProtocol protocol) {
    state = new Established(protocol);
    framing.limit(
        (int) Math.min(config.transport().maxFrameSize(), protocol.largestPayload() + FRAME_SLACK));
    boolean charges = protocol.dialect() != Dialect.SMB_2_0_2;
    sender.creditRules(protocol.multiCredit(), charges);
    logger.debug(
        "{}: SMB {}, signing {}, encryption {}",
        name,
        protocol.dialect(),
        protocol.signingAlgorithm(),
        protocol.cipher());
  }

  long now() {
    return System.nanoTime();
  }

  /** Notes that the server has answered something. */
  void progressed() {
    deadlines.answered(now());
  }

  /** Notes that a request has its answer. One that was pending says nothing about the way there. */
  void answered(PendingRequest<?> request) {
    long now = now();
    deadlines.answered(now);
    long took = now - request.lastHeard();
    if (request.asyncId() == 0 && took < leastRoundTrip) {
      leastRoundTrip = Math.max(1, took);
    }
  }

  /** The shortest time from a request to its answer so far, in nanoseconds. */
  public long leastRoundTrip() {
    return leastRoundTrip;
  }

  /** Whether a request waits for its session to be renewed, in place of failing. */
  boolean holds(PendingRequest<?> request, NtStatus status) {
    return expired.hold(request, status);
  }

  /** Notes that answers are being handled: what they set off is sent when all have been. */
  void reading() {
    reading = true;
  }

  /** Sends what the answers have set off. */
  void readComplete() {
    reading = false;
    drain();
  }

  void pump() {
    if (!isClosed()) {
      sessions.removeRetired();
      sender.pump(now());
      deadlines.watch();
    }
  }

  void fail(SmbException cause) {
    if (isClosed()) {
      return;
    }
    logger.debug("{}: closed: {}", name, cause.getMessage());
    state = new Closed(cause, state instanceof Established before ? before.protocol() : null);
    sessions.clear();
    outstanding.drain().forEach(request -> request.completeExceptionally(cause));
    expired.drain().forEach(request -> request.completeExceptionally(cause));
    sender.failAll(cause);
    drain();
    channel.close().addListener(done -> closed.complete(cause));
  }

  void abandonNow(PendingRequest<?> request, Throwable cause) {
    if (request.isDone() || request.isAbandoned()) {
      return;
    }
    if (!request.isSent() && request.isDueAnyway()) {
      request.completeExceptionally(cause); // nobody waits for it any more, but it goes out
      return;
    }
    request.abandon();
    if (request.isSent() && !isClosed()) {
      sender.cancel(request); // before whatever the failure sets off, such as a CLOSE
    }
    request.completeExceptionally(cause);
  }

  private void resend(List<PendingRequest<?>> chain) {
    sender.submit(chain, now());
    pump();
  }

  private void submit(List<PendingRequest<?>> chain) {
    submit(() -> takeOver(chain));
  }

  private void submit(Runnable task) {
    submitted.add(task);
    if (drainScheduled.compareAndSet(false, true) && !isSetOffByAnswer()) {
      execute(this::drain);
    }
  }

  /** What answers set off is taken over when the last of them has been handled. */
  private boolean isSetOffByAnswer() {
    return eventLoop().inEventLoop() && reading && !isClosed();
  }

  /** Takes over what other threads have submitted, and flushes once for all of it. */
  private void drain() {
    drainScheduled.set(false);
    Runnable task;
    while ((task = submitted.poll()) != null) {
      task.run();
    }
    pump();
  }

  private void takeOver(List<PendingRequest<?>> chain) {
    if (state instanceof Closed end) {
      chain.forEach(request -> request.completeExceptionally(end.cause()));
    } else {
      sender.submit(chain, now());
    }
  }

  private void writeFailed(Throwable cause) {
    if (cause instanceof SmbException e) {
      fail(e);
    } else {
      fail(new SmbTransportException(name + ": sending failed: " + cause.getMessage(), cause));
    }
  }
}
