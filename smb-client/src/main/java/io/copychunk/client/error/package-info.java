/** The exceptions a user can meet, each with its scope. */
@NullMarked
package io.copychunk.client.error;

import org.jspecify.annotations.NullMarked;
