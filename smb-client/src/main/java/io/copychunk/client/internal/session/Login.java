package io.copychunk.client.internal.session;

import io.copychunk.client.config.SecurityPolicy;
import java.time.Duration;

/**
 * How a user is logged in, at first and whenever the session has expired.
 *
 * @param policy what is acceptable
 * @param authentication how to prove who the user is
 * @param who who logs in where, for messages
 * @param timeout how long it may take
 */
public record Login(
    SecurityPolicy policy, Authentication authentication, String who, Duration timeout) {
  /**
   * The same with less time.
   *
   * @param remaining how long it may take
   * @return another login
   */
  public Login within(Duration remaining) {
    return new Login(policy, authentication, who, remaining);
  }
}
