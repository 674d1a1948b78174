package io.copychunk.client.copy.tree;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A list of paths as text: UTF-8, one a line, with LF or CRLF between them; a byte order mark at its
 * beginning and empty lines mean nothing. One line at a time is in memory. It blocks as its stream does,
 * and throws {@link UncheckedIOException} when that fails. Confined to one thread at a time.
 */
public final class PathLines implements Iterator<ListedPath>, AutoCloseable {
  /** No path of the most UTF-16 units takes more. */
  private static final int MAX_BYTES = 3 * ListedPath.MAX_LENGTH;

  private static final int BUFFER = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int END = -1;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable ListedPath next;
  private long number;
  private boolean atEnd;

  /**
   * Reads a list.
   *
   * @param in its bytes; closed with this
   */
  public PathLines(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !atEnd) {
      next = read();
    }
    return next != null;
  }

  @Override
  public ListedPath next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    ListedPath read = next;
    next = null;
    return read;
  }

  /** The next line, or null when it is empty. */
  private @Nullable ListedPath read() {
    line.reset();
    long length = 0;
    int octet;
    try {
      while ((octet = in.read()) != END && octet != '\n') {
        if (length++ <= MAX_BYTES) {
          line.write(octet);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    atEnd = octet == END;
    number++;
    return parsed(ByteBuffer.wrap(line.toByteArray()));
  }

  private @Nullable ListedPath parsed(ByteBuffer bytes) {
    if (number == 1 && startsWithMark(bytes)) {
      bytes.position(BYTE_ORDER_MARK.length);
    }
    if (bytes.hasRemaining() && bytes.get(bytes.limit() - 1) == '\r') {
      bytes.limit(bytes.limit() - 1);
    }
    if (!bytes.hasRemaining()) {
      return null;
    }
    try {
      return ListedPath.of(
          StandardCharsets.UTF_8.newDecoder().decode(bytes.slice()).toString(), number);
    } catch (CharacterCodingException e) {
      return bytes.remaining() > MAX_BYTES
          ? ListedPath.refused("…", number, "longer than any path")
          : ListedPath.refused(
              StandardCharsets.UTF_8.decode(bytes).toString(), number, "wrong UTF-8");
    }
  }

  private static boolean startsWithMark(ByteBuffer bytes) {
    return bytes.remaining() >= BYTE_ORDER_MARK.length
        && bytes.slice(0, BYTE_ORDER_MARK.length).equals(ByteBuffer.wrap(BYTE_ORDER_MARK));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
