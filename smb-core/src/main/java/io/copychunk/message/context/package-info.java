/**
 * What is nested in NEGOTIATE, CREATE and ERROR messages: negotiate contexts, create contexts and
 * error contexts (MS-SMB2 2.2.2, 2.2.3.1, 2.2.4.1, 2.2.13.2, 2.2.14.2).
 *
 * <p>Everything here is immutable and may be used by any thread. Decoding throws {@link
 * io.copychunk.wire.MalformedMessageException} and nothing else.
 */
@NullMarked
package io.copychunk.message.context;

import org.jspecify.annotations.NullMarked;
