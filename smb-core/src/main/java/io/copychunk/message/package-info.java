/** The requests and responses of the SMB2 commands. */
@NullMarked
package io.copychunk.message;

import org.jspecify.annotations.NullMarked;
