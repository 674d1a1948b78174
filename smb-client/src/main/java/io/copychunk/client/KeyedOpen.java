package io.copychunk.client;

import io.copychunk.client.error.SmbException;
import java.io.InterruptedIOException;

/**
 * A file that was opened together with its resume key. Closing it closes the file, and with it the
 * key.
 *
 * @param file the open file
 * @param key its key
 * @param roundTrips what opening and asking for the key cost together: 1, or 2 when the server would
 *     not take both at once
 */
public record KeyedOpen(SmbFile file, ResumeKey key, int roundTrips) implements AutoCloseable {
  /**
   * Closes the file.
   *
   * @throws SmbException when the server refuses
   * @throws InterruptedIOException when interrupted
   */
  @Override
  public void close() throws SmbException, InterruptedIOException {
    file.close();
  }
}
