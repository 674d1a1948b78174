package io.copychunk.client.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;

/** What travels between the stages and owns a buffer: it is retained and released with it. */
interface HoldsBytes extends ReferenceCounted {
  /** The buffer that is owned. */
  ByteBuf bytes();

  @Override
  default int refCnt() {
    return bytes().refCnt();
  }

  @Override
  default HoldsBytes retain() {
    bytes().retain();
    return this;
  }

  @Override
  default HoldsBytes retain(int increment) {
    bytes().retain(increment);
    return this;
  }

  @Override
  default HoldsBytes touch() {
    bytes().touch();
    return this;
  }

  @Override
  default HoldsBytes touch(Object hint) {
    bytes().touch(hint);
    return this;
  }

  @Override
  default boolean release() {
    return bytes().release();
  }

  @Override
  default boolean release(int decrement) {
    return bytes().release(decrement);
  }
}
