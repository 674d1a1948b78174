/** The public API: clients, sessions, shares, files and resume keys. */
@NullMarked
package io.copychunk.client;

import org.jspecify.annotations.NullMarked;
