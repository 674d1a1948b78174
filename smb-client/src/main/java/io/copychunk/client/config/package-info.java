/**
 * The configuration of a client, immutable and in groups. Below everything else in this module, since
 * every layer follows its part of it.
 */
@NullMarked
package io.copychunk.client.config;

import org.jspecify.annotations.NullMarked;
