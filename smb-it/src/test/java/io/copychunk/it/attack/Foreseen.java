package io.copychunk.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.wire.MalformedMessageException;
import java.io.IOException;

/** What an attack may end in: a failure that somebody thought of, never a crash that was caught. */
final class Foreseen {
  private Foreseen() {}

  /** Asserts that a failure is one. */
  static SmbException failure(Throwable failure) {
    assertThat(failure)
        .isInstanceOf(SmbException.class)
        .hasMessageNotContaining("unexpected failure");
    if (failure.getCause() != null) {
      assertThat(failure)
          .cause()
          .isInstanceOfAny(
              MalformedMessageException.class, FailedRequestException.class, IOException.class);
    }
    return (SmbException) failure;
  }

  /** Asserts that a failure is one of a type, with a message that has a part. */
  static SmbException failure(
      Throwable failure, Class<? extends SmbException> type, String message) {
    assertThat(failure(failure)).isInstanceOf(type).hasMessageContaining(message);
    return (SmbException) failure;
  }
}
