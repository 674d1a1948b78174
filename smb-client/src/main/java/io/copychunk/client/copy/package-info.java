/**
 * The copy engine: one call copies a file, or ranges of it, by the best means that the server has
 * (MS-SMB2 3.2.4.20.2, MS-FSCC 2.3), and tells how it was done and why. It leans on the client API
 * and knows nothing of messages.
 *
 * <p>{@link io.copychunk.client.copy.CopyEngine} may be used by any thread. A copy between shares runs
 * on the event loops of their connections and never blocks; its state has locks of its own that are
 * never held while anything else is called. A copy from or to a file of this machine runs on the
 * callback executor of its client, and so do the listeners and results of all copies.
 */
@NullMarked
package io.copychunk.client.copy;

import org.jspecify.annotations.NullMarked;
