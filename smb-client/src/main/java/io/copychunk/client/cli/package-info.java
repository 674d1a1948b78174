/**
 * The copychunk command: what it takes, what it prints and how it ends. It leans on the public API alone. One thread reads
 * the command line, waits and prints; a line for the standard error may come from any.
 */
@NullMarked
package io.copychunk.client.cli;

import org.jspecify.annotations.NullMarked;
