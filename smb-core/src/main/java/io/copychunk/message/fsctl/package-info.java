/**
 * What IOCTL requests and responses carry: the inputs and outputs of the file system controls
 * (MS-SMB2 2.2.31, 2.2.32).
 *
 * <p>Everything here is immutable and may be used by any thread. Decoding throws {@link
 * io.copychunk.wire.MalformedMessageException} and nothing else.
 */
@NullMarked
package io.copychunk.message.fsctl;

import org.jspecify.annotations.NullMarked;
