package io.copychunk.client.internal.transport;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;

/**
 * Messages that travel in one frame: one, or a compound (3.2.4.1.4).
 *
 * @param messages in order; all of one session
 * @param protection signed each by itself, encrypted as a whole, or neither
 * @param sent is shown the bytes as they go out, for the preauthentication integrity hash; must not
 *     keep the buffer
 */
public record OutboundChain(
    List<OutboundMessage> messages, Protection protection, Consumer<ByteBuf> sent) {
  /** Takes no notice of the bytes. */
  public static final Consumer<ByteBuf> UNSEEN = bytes -> {};

  /** Copies the list. */
  public OutboundChain {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages: none (expected: >= 1)");
    }
  }

  /** The session that all messages are of, or 0. */
  long sessionId() {
    return messages.get(0).header().sessionId();
  }
}
