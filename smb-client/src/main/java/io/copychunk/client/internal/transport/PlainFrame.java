package io.copychunk.client.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * A frame as plain SMB2 messages: as it came, or decrypted.
 *
 * @param bytes one message or a compound; owned by this
 * @param encryptedFor the SessionId of the TRANSFORM_HEADER that it came in, or null when it came in
 *     clear
 */
public record PlainFrame(ByteBuf bytes, @Nullable Long encryptedFor) implements ReferenceCounted {
  @Override
  public int refCnt() {
    return bytes.refCnt();
  }

  @Override
  public PlainFrame retain() {
    bytes.retain();
    return this;
  }

  @Override
  public PlainFrame retain(int increment) {
    bytes.retain(increment);
    return this;
  }

  @Override
  public PlainFrame touch() {
    bytes.touch();
    return this;
  }

  @Override
  public PlainFrame touch(Object hint) {
    bytes.touch(hint);
    return this;
  }

  @Override
  public boolean release() {
    return bytes.release();
  }

  @Override
  public boolean release(int decrement) {
    return bytes.release(decrement);
  }
}
