/**
 * The bodies of the SMB2 requests and responses, one pair of records for each command, written and
 * read in both directions (MS-SMB2 2.2.2 to 2.2.32).
 *
 * <p>Everything here is immutable and may be used by any thread. Decoding throws {@link
 * io.copychunk.wire.MalformedMessageException} and nothing else. What the header holds, signing and
 * encryption are not known here.
 */
@NullMarked
package io.copychunk.message;

import org.jspecify.annotations.NullMarked;
