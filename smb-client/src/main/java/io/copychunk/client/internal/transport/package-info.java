/** Framing, transform, compound and signature on a Netty pipeline. */
@NullMarked
package io.copychunk.client.internal.transport;

import org.jspecify.annotations.NullMarked;
