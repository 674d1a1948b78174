/** Signing, encryption, key derivation and the preauthentication hash. */
@NullMarked
package io.copychunk.crypto;

import org.jspecify.annotations.NullMarked;
