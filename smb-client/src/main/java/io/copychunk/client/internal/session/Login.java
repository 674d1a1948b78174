package io.copychunk.client.internal.session;

import io.copychunk.client.config.SecurityPolicy;
import java.time.Duration;

/**
 * How a user is logged in, at first and whenever the session has expired.
 *
 * @param user who logs in, as domain and name
 * @param policy what is acceptable
 * @param authentication how to prove who the user is
 * @param who who logs in where, for messages
 * @param timeout how long it may take
 */
public record Login(
    String user,
    SecurityPolicy policy,
    Authentication authentication,
    String who,
    Duration timeout) {}
