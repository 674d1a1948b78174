/**
 * Little-endian fields with strict bounds, the SMB2 header, and the scalar types that all messages
 * share (MS-SMB2 2.2.1, MS-ERREF 2.3, MS-DTYP 2.3.4).
 *
 * <p>Everything here is immutable, but for {@link io.copychunk.wire.WireReader} and {@link
 * io.copychunk.wire.WireWriter}, which belong to the thread that uses them.
 */
@NullMarked
package io.copychunk.wire;

import org.jspecify.annotations.NullMarked;
