package io.copychunk.client.internal.transport;

import io.copychunk.message.Smb2Message;
import io.copychunk.wire.Smb2Header;

/**
 * One message on its way out.
 *
 * @param header stamped but for NextCommand and the signature
 * @param body the body
 */
public record OutboundMessage(Smb2Header header, Smb2Message body) {}
