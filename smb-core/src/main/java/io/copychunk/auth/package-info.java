/**
 * Who we are and who the server is: SPNEGO (RFC 4178, MS-SPNG) and NTLMv2 (MS-NLMP 2.2 and 3).
 *
 * <p>Time and randomness are passed in. Messages are immutable; an {@link
 * io.copychunk.auth.Authenticator} is one conversation and belongs to the thread that leads it.
 * Nothing secret is in the text form of any type or in the message of any exception.
 */
@NullMarked
package io.copychunk.auth;

import org.jspecify.annotations.NullMarked;
