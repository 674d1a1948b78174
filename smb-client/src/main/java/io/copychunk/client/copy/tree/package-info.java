/**
 * Trees of files: walks directories of one share and has their files copied to another, many at a time
 * (MS-SMB2 3.2.4.17, MS-FSCC 2.4.22). What becomes of one file is the business of {@link
 * io.copychunk.client.copy}.
 *
 * <p>{@link io.copychunk.client.copy.tree.TreeCopy} may be used by any thread. A tree under way runs on
 * the event loops of its connections and never blocks; its listener is called on the callback executor.
 */
@NullMarked
package io.copychunk.client.copy.tree;

import org.jspecify.annotations.NullMarked;
