package io.copychunk.client.internal.transport;

import io.netty.buffer.ByteBuf;

/**
 * A chain as bytes, between the encoder and the signature.
 *
 * @param chain what was encoded
 * @param bytes all messages with their padding; owned by whoever holds this
 * @param ends where each message ends, padding included, counted from the first byte
 */
record EncodedChain(OutboundChain chain, ByteBuf bytes, int[] ends) {}
