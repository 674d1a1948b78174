/** SPNEGO, NTLM and Kerberos. */
@NullMarked
package io.copychunk.auth;

import org.jspecify.annotations.NullMarked;
