package io.copychunk.client.internal.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of sessions, one line each, in the form of Wireshark's table {@code smb2_seskey_list}: as
 * a file of that name in a profile directory, and line by line as {@code -o
 * uat:smb2_seskey_list:LINE}.
 *
 * <pre>
 * SessionId, the 8 bytes in the order of the wire
 * session key, the first 16 bytes
 * key for server to client, 16 or 32 bytes, or ""
 * key for client to server, 16 or 32 bytes, or ""
 * </pre>
 *
 * <p>All in hexadecimal without quotes, which Wireshark takes for missing digits; commas between.
 * With the session key it also verifies signatures. Thread-safe.
 */
public final class KeyLogFile implements AutoCloseable {
  private static final int SESSION_KEY_SIZE = 16;
  private static final byte[] NOTHING = {'"', '"'};
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final OwnerOnlyFile file;

  private KeyLogFile(OwnerOnlyFile file) {
    this.file = file;
  }

  /**
   * Creates the file, for its owner alone.
   *
   * @param path a file that does not exist
   * @return to be closed
   * @throws IOException when it exists, or can not be created or written
   */
  public static KeyLogFile create(Path path) throws IOException {
    return new KeyLogFile(OwnerOnlyFile.create(path, ByteBuffer.allocate(0)));
  }

  /**
   * Notes the keys of a session. All arrays stay the caller's.
   *
   * @param sessionId the SessionId
   * @param sessionKey what the authentication gave; the first 16 bytes count, and a shorter one is
   *     padded with zeros (3.2.5.3.1)
   * @param serverToClientKey 16 or 32 bytes, or null when no cipher was negotiated
   * @param clientToServerKey 16 or 32 bytes, or null when no cipher was negotiated
   */
  public void log(
      long sessionId,
      byte[] sessionKey,
      byte @Nullable [] serverToClientKey,
      byte @Nullable [] clientToServerKey) {
    byte[] id =
        ByteBuffer.allocate(Long.BYTES).putLong(Long.reverseBytes(sessionId)).array();
    byte[] key = Arrays.copyOf(sessionKey, SESSION_KEY_SIZE);
    ByteBuffer line = ByteBuffer.allocate(
        2 * (id.length + key.length + size(serverToClientKey) + size(clientToServerKey)) + 8);
    try {
      hex(id, line);
      hex(key, line.put((byte) ','));
      hex(serverToClientKey, line.put((byte) ','));
      hex(clientToServerKey, line.put((byte) ','));
      file.append(line.put((byte) '\n').flip());
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(line.array(), (byte) 0);
    }
  }

  @Override
  public void close() {
    file.close();
  }

  /** The path. */
  @Override
  public String toString() {
    return file.toString();
  }

  private static int size(byte @Nullable [] key) {
    return key == null ? 0 : key.length;
  }

  /** Without text in between, which nobody could wipe. */
  private static void hex(byte @Nullable [] bytes, ByteBuffer out) {
    if (bytes == null) {
      out.put(NOTHING);
      return;
    }
    for (byte octet : bytes) {
      out.put(DIGITS[(octet & 0xFF) >>> 4]).put(DIGITS[octet & 0x0F]);
    }
  }
}
