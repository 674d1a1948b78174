package io.copychunk.client.internal.transport;

import io.netty.buffer.ByteBuf;

/** A chain as bytes, between the encoder and the signature. */
final class EncodedChain {
  private final OutboundChain chain;
  private final ByteBuf bytes;
  private final int[] ends;

  /**
   * Takes over the buffer.
   *
   * @param chain what was encoded
   * @param bytes all messages with their padding; owned by whoever holds this
   * @param ends where each message ends, padding included, counted from the first byte
   */
  EncodedChain(OutboundChain chain, ByteBuf bytes, int[] ends) {
    this.chain = chain;
    this.bytes = bytes;
    this.ends = ends;
  }

  OutboundChain chain() {
    return chain;
  }

  ByteBuf bytes() {
    return bytes;
  }

  int messages() {
    return ends.length;
  }

  /**
   * The bytes of one message.
   *
   * @param index 0 for the first
   * @return a view that is not retained
   */
  ByteBuf message(int index) {
    int from = index == 0 ? 0 : ends[index - 1];
    return bytes.slice(bytes.readerIndex() + from, ends[index] - from);
  }
}
