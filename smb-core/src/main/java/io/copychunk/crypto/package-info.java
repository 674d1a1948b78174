/**
 * Signatures, encryption, key derivation and the preauthentication integrity hash (MS-SMB2 3.1.4.1
 * to 3.1.4.3, 3.1.5.2, 3.2.5.1.1.1 and 3.2.5.3).
 *
 * <p>{@link io.copychunk.crypto.MessageSigner}, {@link io.copychunk.crypto.MessageEncryptor} and
 * {@link io.copychunk.crypto.MessageDecryptor} belong to the thread that uses them, which is the
 * event loop of one connection; everything else is immutable, except that keys can be wiped.
 */
@NullMarked
package io.copychunk.crypto;

import org.jspecify.annotations.NullMarked;
