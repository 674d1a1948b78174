/** Negotiate contexts and create contexts. */
@NullMarked
package io.copychunk.message.context;

import org.jspecify.annotations.NullMarked;
