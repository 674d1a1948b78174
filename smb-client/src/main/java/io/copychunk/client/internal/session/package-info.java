/** Authentication, keys, tree connects and opens. */
@NullMarked
package io.copychunk.client.internal.session;

import org.jspecify.annotations.NullMarked;
