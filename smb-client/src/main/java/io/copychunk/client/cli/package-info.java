/** The copychunk command. */
@NullMarked
package io.copychunk.client.cli;

import org.jspecify.annotations.NullMarked;
