/** Damaged frames for the connection as a whole, from its first stage to its last. */
@NullMarked
package io.copychunk.it.fuzz;

import org.jspecify.annotations.NullMarked;
