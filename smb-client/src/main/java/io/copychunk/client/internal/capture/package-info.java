/**
 * What a client writes down for whoever diagnoses it: the plaintext of its wire, and the keys of its
 * sessions. Both are secrets, and both are off unless a program or a command line asks for them.
 *
 * <p>All classes may be used by any thread. They write while the caller waits, on event loops too.
 */
@NullMarked
package io.copychunk.client.internal.capture;

import org.jspecify.annotations.NullMarked;
