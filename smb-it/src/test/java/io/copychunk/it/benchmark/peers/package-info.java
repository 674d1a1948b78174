/** This library and its command beside other clients, on one server in one run. */
@NullMarked
package io.copychunk.it.benchmark.peers;

import org.jspecify.annotations.NullMarked;
