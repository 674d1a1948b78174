/**
 * The copy engine: one call copies a file, or ranges of it, by the best means that the server has
 * (MS-SMB2 3.2.4.20.2, MS-FSCC 2.3), and tells how it was done and why. It leans on the client API
 * and knows nothing of messages.
 *
 * <p>{@link io.copychunk.client.copy.CopyEngine} may be used by any thread. A copy under way runs on
 * the callback executor of its client; its state has a lock of its own that is never held while
 * anything else is called.
 */
@NullMarked
package io.copychunk.client.copy;

import org.jspecify.annotations.NullMarked;
