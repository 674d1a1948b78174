/**
 * One connection: sequence window, credits, outstanding requests and the dispatcher, which is stage
 * 5 of the pipeline (3.2.1.2, 3.2.4.1, 3.2.4.2, 3.2.5.1, 3.2.5.2).
 *
 * <p>Everything is confined to the connection's event loop, without locks, except for the public
 * methods of {@link io.copychunk.client.internal.connection.Connection} and {@link
 * io.copychunk.client.internal.connection.Connector}, which any thread may call.
 */
@NullMarked
package io.copychunk.client.internal.connection;

import org.jspecify.annotations.NullMarked;
