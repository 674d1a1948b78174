/** The payloads of the file system controls. */
@NullMarked
package io.copychunk.message.fsctl;

import org.jspecify.annotations.NullMarked;
