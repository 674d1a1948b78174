/**
 * Signatures, key derivation and the preauthentication integrity hash (MS-SMB2 3.1.4.1, 3.1.4.2,
 * 3.1.5.2 and 3.2.5.3).
 *
 * <p>{@link io.copychunk.crypto.MessageSigner} belongs to the thread that uses it, which is the
 * event loop of one connection; everything else is immutable, except that keys can be wiped.
 */
@NullMarked
package io.copychunk.crypto;

import org.jspecify.annotations.NullMarked;
