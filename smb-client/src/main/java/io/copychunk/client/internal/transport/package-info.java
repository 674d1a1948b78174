/**
 * Stages 1 to 4 of the pipeline: framing, transform, compound, signature (2.1, 3.1.4, 3.2.5.1.1 to
 * 3.2.5.1.9). They know no command; each belongs to one channel and runs on its event loop.
 */
@NullMarked
package io.copychunk.client.internal.transport;

import org.jspecify.annotations.NullMarked;
