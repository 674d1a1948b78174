package io.copychunk.client.internal.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A frame as plain SMB2 messages: as it came, or decrypted.
 *
 * @param bytes one message or a compound; owned by this
 * @param encryptedFor the SessionId of the TRANSFORM_HEADER that it came in, or null when it came in
 *     clear
 */
public record PlainFrame(ByteBuf bytes, @Nullable Long encryptedFor) implements HoldsBytes {}
