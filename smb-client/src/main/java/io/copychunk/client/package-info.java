/**
 * The public API: clients, connections, sessions, shares, files and resume keys, each with a
 * blocking face and an asynchronous one behind {@code async()} (MS-SMB2 3.2.4).
 *
 * <p>Everything here may be used by any thread. Futures complete on the callback executor, which is
 * never an event loop unless {@link io.copychunk.client.AsyncSmbShare#withCallbackExecutor} says so.
 */
@NullMarked
package io.copychunk.client;

import org.jspecify.annotations.NullMarked;
