/** Sequence window, credits, outstanding requests and the dispatcher. */
@NullMarked
package io.copychunk.client.internal.connection;

import org.jspecify.annotations.NullMarked;
