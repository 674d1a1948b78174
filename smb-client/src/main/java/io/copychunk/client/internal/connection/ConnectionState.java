package io.copychunk.client.internal.connection;

import io.copychunk.client.error.SmbException;
import org.jspecify.annotations.Nullable;

/** Where a connection is in its life; what is known exists only in the state where it is valid. */
sealed interface ConnectionState {
  /** Connected; NEGOTIATE was not answered yet. */
  record Negotiating() implements ConnectionState {}

  /**
   * Dialect and limits are agreed on.
   *
   * @param protocol what was agreed on
   */
  record Established(NegotiatedProtocol protocol) implements ConnectionState {}

  /**
   * Nothing is sent or believed any more.
   *
   * @param cause why, also for whoever comes later
   * @param protocol what had been agreed on, or null when it did not come so far
   */
  record Closed(SmbException cause, @Nullable NegotiatedProtocol protocol)
      implements ConnectionState {}
}
