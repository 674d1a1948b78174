/** The configuration of a client, immutable and grouped. */
@NullMarked
package io.copychunk.client.config;

import org.jspecify.annotations.NullMarked;
