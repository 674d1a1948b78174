/**
 * The exceptions that a user can meet, each with its scope (MS-ERREF 2.3). Below everything else in
 * this module, so that every layer can say what went wrong in the same words.
 */
@NullMarked
package io.copychunk.client.error;

import org.jspecify.annotations.NullMarked;
