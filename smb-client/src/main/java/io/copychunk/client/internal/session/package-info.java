/**
 * Sessions, tree connects and opens: authentication, signing keys, and what each request is about
 * (3.2.1.3 to 3.2.1.6, 3.2.4.2.3 to 3.2.4.5, 3.2.4.20, 3.2.5.3, 3.2.5.5).
 *
 * <p>Public methods may be called by any thread; futures complete on the connection's event loop.
 */
@NullMarked
package io.copychunk.client.internal.session;

import org.jspecify.annotations.NullMarked;
