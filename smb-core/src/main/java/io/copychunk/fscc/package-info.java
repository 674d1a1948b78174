/**
 * The information classes of files and file systems (MS-FSCC 2.4 to 2.6): what QUERY_INFO, SET_INFO and
 * QUERY_DIRECTORY carry.
 *
 * <p>Everything here is immutable and may be used by any thread. Decoding throws {@link
 * io.copychunk.wire.MalformedMessageException} and nothing else.
 */
@NullMarked
package io.copychunk.fscc;

import org.jspecify.annotations.NullMarked;
