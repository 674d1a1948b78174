package io.copychunk.client.internal.connection;

import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.wire.Command;
import io.copychunk.wire.Octets;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request from the moment it is made until its response is complete, and the future of that
 * response (3.2.1.5 Request).
 *
 * <p>Completed on the connection's event loop: with a {@link Reply}, with {@link
 * FailedRequestException} for an ERROR response, or with an {@code SmbException}. A request that is
 * given up, by cancelling or because it took too long, stays with the connection until its late
 * answer has brought its credits home.
 *
 * @param <R> the response
 */
public final class PendingRequest<R extends Smb2Response> extends CompletableFuture<Reply<R>> {
  private final Smb2Request<R> request;
  private final RequestScope scope;
  private final Command command;
  private boolean related;
  private boolean dueAnyway;
  private boolean urgent;
  private Consumer<Reply<R>> lateReply = reply -> {};
  private @Nullable Consumer<Octets> sent;
  private @Nullable Consumer<Octets> received;

  // Of the connection, on its event loop.
  private int creditCharge;
  private long messageId = -1;
  private long asyncId;
  private long lastHeard;
  private boolean abandoned;
  private boolean replayed;
  private List<PendingRequest<?>> chain = List.of(this);

  /**
   * Creates a request that is not sent yet.
   *
   * @param scope what the session stamps on it
   * @param request the body
   */
  public PendingRequest(RequestScope scope, Smb2Request<R> request) {
    this.scope = scope;
    this.request = request;
    this.command = request.command();
  }

  /**
   * Marks the request as continuing the one before it in the compound.
   *
   * @return this
   */
  public PendingRequest<R> related() {
    related = true;
    return this;
  }

  /**
   * Marks the request as one that ends something on the server: it goes out even if it is given up
   * while it waits for credits, or what it ends would stay for ever.
   *
   * @return this
   */
  public PendingRequest<R> dueAnyway() {
    dueAnyway = true;
    return this;
  }

  /**
   * Sets who is given a successful answer that comes after the request was given up, to undo what
   * nobody waits for any more. Called on the event loop.
   *
   * @param undo such as closing the file that was opened
   * @return this
   */
  public PendingRequest<R> onLateReply(Consumer<Reply<R>> undo) {
    lateReply = undo;
    return this;
  }

  /**
   * Sets who is shown the very bytes, for the preauthentication integrity hash. Called on the event
   * loop.
   *
   * @param onSent is given the request as sent
   * @param onReceived is given the response as received, before the future completes
   * @return this
   */
  public PendingRequest<R> showBytes(Consumer<Octets> onSent, Consumer<Octets> onReceived) {
    sent = onSent;
    received = onReceived;
    return this;
  }

  /**
   * Lets the request overtake what waits for credits, since it frees something on the server, or the
   * server serves nothing else before it.
   *
   * @return this
   */
  public PendingRequest<R> urgent() {
    urgent = true;
    return this;
  }

  Smb2Request<R> request() {
    return request;
  }

  RequestScope scope() {
    return scope;
  }

  Command command() {
    return command;
  }

  boolean isDueAnyway() {
    return dueAnyway;
  }

  boolean isUrgent() {
    return urgent;
  }

  boolean isRelated() {
    return related;
  }

  void wasSent(ByteBuf bytes) {
    if (sent != null) {
      sent.accept(Octets.copyOf(bytes.nioBuffer()));
    }
  }

  void wasReceived(ByteBuf bytes) {
    if (received != null) {
      received.accept(Octets.copyOf(bytes.nioBuffer()));
    }
  }

  Consumer<Reply<R>> lateReply() {
    return lateReply;
  }

  int creditCharge() {
    return creditCharge;
  }

  void creditCharge(int credits) {
    creditCharge = credits;
  }

  boolean isSent() {
    return messageId >= 0;
  }

  long messageId() {
    return messageId;
  }

  void messageId(long id) {
    messageId = id;
  }

  long asyncId() {
    return asyncId;
  }

  void asyncId(long id) {
    asyncId = id;
  }

  long lastHeard() {
    return lastHeard;
  }

  void lastHeard(long nanos) {
    lastHeard = nanos;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  void abandon() {
    abandoned = true;
  }

  /** The requests of its frame, in their order; itself among them. */
  List<PendingRequest<?>> chain() {
    return chain;
  }

  void chain(List<PendingRequest<?>> requests) {
    chain = requests;
  }

  /** Whether it was sent, refused, and is to be sent or was sent again. */
  boolean isReplayed() {
    return replayed;
  }

  /** Makes it as if it had not been sent, to be sent once more. */
  void unsend() {
    messageId = -1;
    asyncId = 0;
    replayed = true;
  }
}
