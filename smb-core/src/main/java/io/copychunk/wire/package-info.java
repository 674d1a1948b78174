/** Bytes to values and back, with every read checked. */
@NullMarked
package io.copychunk.wire;

import org.jspecify.annotations.NullMarked;
