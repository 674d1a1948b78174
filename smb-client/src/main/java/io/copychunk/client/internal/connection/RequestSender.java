package io.copychunk.client.internal.connection;

import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.client.internal.transport.CipherLookup;
import io.copychunk.client.internal.transport.OutboundChain;
import io.copychunk.client.internal.transport.OutboundMessage;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.EchoRequest;
import io.copychunk.wire.Command;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Signature;
import io.copychunk.wire.Smb2Header;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gives requests their MessageIds and credits and writes them; holds them back while there are none
 * (3.2.4.1). Confined to the event loop.
 */
final class RequestSender {
  private static final int CREDIT_SIZE = 65_536;

  private final Channel channel;
  private final SequenceWindow window;
  private final OutstandingRequests outstanding;
  private final CipherLookup ciphers;
  private final Consumer<Throwable> onFailure;
  private final int maxQueued;
  private final Deque<List<PendingRequest<?>>> waiting = new ArrayDeque<>();
  private final Deque<List<PendingRequest<?>>> urgent = new ArrayDeque<>();

  /** When the queue began to be one, or something of it was sent last. */
  private long lastMoved;

  /** The credits that there were when an ECHO asked for more; 0 when none has. */
  private int askedWith;

  private int queuedCredits;
  private boolean multiCredit;
  private boolean chargesCredits = true;

  RequestSender(
      Channel channel,
      SequenceWindow window,
      OutstandingRequests outstanding,
      CipherLookup ciphers,
      Consumer<Throwable> onFailure,
      int maxQueued) {
    this.channel = channel;
    this.window = window;
    this.outstanding = outstanding;
    this.ciphers = ciphers;
    this.onFailure = onFailure;
    this.maxQueued = maxQueued;
  }

  /**
   * Sets how requests are charged from now on.
   *
   * @param multi whether a request may cost more than one credit
   * @param charges whether CreditCharge is filled at all, which 2.0.2 does not
   */
  void creditRules(boolean multi, boolean charges) {
    multiCredit = multi;
    chargesCredits = charges;
  }

  /**
   * Queues requests that travel in one frame, or fails them when too much waits already. What is
   * urgent, or ends something on the server, is queued all the same: there is no more of it than was
   * begun.
   *
   * @param chain one, or a compound
   * @param now the time, in nanoseconds
   */
  void submit(List<PendingRequest<?>> chain, long now) {
    if (queuedCredits >= maxQueued) {
      pump(now); // a burst may be more than the queue holds, and yet no more than the credits allow
    }
    PendingRequest<?> first = chain.get(0);
    if (queuedCredits >= maxQueued && !first.isDueAnyway() && !first.isUrgent()) {
      SmbBusyException busy = new SmbBusyException(first.command()
          + ": requests of "
          + queuedCredits
          + " credits wait to be sent already (expected: < "
          + maxQueued
          + ")");
      chain.forEach(request -> request.completeExceptionally(busy));
      return;
    }
    for (PendingRequest<?> request : chain) {
      request.chain(chain);
      request.creditCharge(charge(request));
      request.lastHeard(now);
    }
    if (isIdle()) {
      lastMoved = now;
    }
    int cost = cost(chain);
    window.require(cost);
    queuedCredits += cost;
    (first.isUrgent() ? urgent : waiting).add(chain);
  }

  /**
   * Writes what the credits allow and the server takes, the urgent first, else in the order of
   * submission, and flushes once. What a server does not read waits here, where it has a deadline.
   *
   * @param now the time, in nanoseconds
   */
  void pump(long now) {
    boolean written = false;
    while (!isIdle() && !isBlocked()) {
      Deque<List<PendingRequest<?>>> queue = urgent.isEmpty() ? waiting : urgent;
      List<PendingRequest<?>> chain = queue.element();
      if (chain.stream().allMatch(PendingRequest::isAbandoned)) {
        remove(queue);
        continue;
      }
      if (!canProtect(chain.get(0).scope())) {
        remove(queue);
        chain.forEach(request -> request.completeExceptionally(
            new SmbClosedException(request.command() + ": the session was closed")));
        continue;
      }
      if (window.isExhausted()) {
        onFailure.accept(new SmbTransportException("the connection has used up its MessageIds"));
        break;
      }
      if (cost(chain) > window.available()) {
        written |= askForCredits(chain.get(0).scope(), now);
        break;
      }
      remove(queue);
      write(chain, now);
      lastMoved = now;
      askedWith = 0;
      written = true;
    }
    if (written) {
      channel.flush();
    }
  }

  /**
   * Asks the server to stop working on a request (3.2.4.24). CANCEL costs no credit and has no
   * response.
   *
   * @param request was sent and has no final answer yet
   */
  void cancel(PendingRequest<?> request) {
    boolean async = request.asyncId() != 0;
    RequestScope scope = request.scope();
    if (!canProtect(scope)) {
      return;
    }
    HeaderFlags flags = async ? HeaderFlags.ASYNC_COMMAND : HeaderFlags.NONE;
    Smb2Header header = new Smb2Header(
        0,
        NtStatus.SUCCESS,
        Command.CANCEL,
        0,
        scope.protection() == Protection.SIGNED ? flags.with(HeaderFlags.SIGNED) : flags,
        0,
        request.messageId(),
        async ? 0 : scope.treeId(),
        request.asyncId(),
        scope.sessionId(),
        Signature.NONE);
    write(new OutboundChain(
        List.of(new OutboundMessage(header, new CancelRequest())),
        scope.protection(),
        OutboundChain.UNSEEN));
    channel.flush();
  }

  boolean isIdle() {
    return waiting.isEmpty() && urgent.isEmpty();
  }

  /**
   * Those that were not given up and wait since before a time, unless something was sent since: who
   * waits for others, whom the server serves, waits with reason.
   */
  List<PendingRequest<?>> waitingSince(long before) {
    if (lastMoved - before >= 0) {
      return List.of();
    }
    return Stream.concat(urgent.stream(), waiting.stream())
        .flatMap(List::stream)
        .filter(request -> !request.isAbandoned() && request.lastHeard() - before < 0)
        .toList();
  }

  /** Fails everything that waits. */
  void failAll(SmbException cause) {
    List<PendingRequest<?>> all = new ArrayList<>();
    urgent.forEach(all::addAll);
    waiting.forEach(all::addAll);
    urgent.clear();
    waiting.clear();
    queuedCredits = 0;
    all.forEach(request -> request.completeExceptionally(cause));
  }

  /**
   * A compound that costs more than the window holds would wait for ever on a connection where
   * nothing is under way: an ECHO brings the credits. Another one is sent only if there are more
   * credits than the last time, or a server that gives no more would be asked for ever.
   */
  private boolean askForCredits(RequestScope scope, long now) {
    if (window.inFlight() > 0 || window.available() <= askedWith) {
      return false;
    }
    askedWith = window.available();
    PendingRequest<?> echo = new PendingRequest<>(scope.withoutTree(), new EchoRequest());
    echo.creditCharge(1);
    echo.lastHeard(now);
    write(List.of(echo), now);
    return true;
  }

  private void write(List<PendingRequest<?>> chain, long now) {
    List<OutboundMessage> messages = new ArrayList<>(chain.size());
    for (PendingRequest<?> request : chain) {
      request.messageId(window.take(request.creditCharge()));
      request.lastHeard(now);
      outstanding.add(request);
      messages.add(new OutboundMessage(header(request), request.request()));
    }
    PendingRequest<?> first = chain.get(0);
    write(new OutboundChain(messages, first.scope().protection(), first::wasSent));
  }

  private void write(OutboundChain chain) {
    channel.write(chain).addListener(written -> {
      if (!written.isSuccess()) {
        onFailure.accept(written.cause());
      }
    });
  }

  private Smb2Header header(PendingRequest<?> request) {
    RequestScope scope = request.scope();
    HeaderFlags flags =
        scope.protection() == Protection.SIGNED ? HeaderFlags.SIGNED : HeaderFlags.NONE;
    return new Smb2Header(
        chargesCredits ? request.creditCharge() : 0,
        NtStatus.SUCCESS,
        request.command(),
        window.creditRequest(request.creditCharge()),
        request.isRelated() ? flags.with(HeaderFlags.RELATED_OPERATIONS) : flags,
        0,
        request.messageId(),
        scope.treeId(),
        0,
        scope.sessionId(),
        Signature.NONE);
  }

  /** Whether the server reads too little of what was sent before. */
  private boolean isBlocked() {
    return channel.isActive() && !channel.isWritable();
  }

  private void remove(Deque<List<PendingRequest<?>>> queue) {
    queuedCredits -= cost(queue.remove());
  }

  private boolean canProtect(RequestScope scope) {
    return scope.protection() == Protection.NONE || ciphers.find(scope.sessionId()) != null;
  }

  private static int cost(List<PendingRequest<?>> chain) {
    int cost = 0;
    for (PendingRequest<?> request : chain) {
      cost += request.creditCharge();
    }
    return cost;
  }

  private int charge(PendingRequest<?> request) {
    int payload = request.request().payloadSize();
    return multiCredit && payload > 0 ? (payload - 1) / CREDIT_SIZE + 1 : 1;
  }
}
