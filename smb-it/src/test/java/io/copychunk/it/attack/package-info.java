/** The attacks that the client is built to withstand, each with the number that it has in docs/security.md. */
@NullMarked
package io.copychunk.it.attack;

import org.jspecify.annotations.NullMarked;
