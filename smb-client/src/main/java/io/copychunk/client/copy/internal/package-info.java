/**
 * What the copy engine and the copies of trees stand on: chains of futures, and calls of what users have
 * given. Not exported.
 *
 * <p>Thread-safe, but for what says otherwise.
 */
@NullMarked
package io.copychunk.client.copy.internal;

import org.jspecify.annotations.NullMarked;
