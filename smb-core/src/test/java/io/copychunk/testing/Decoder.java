package io.copychunk.testing;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes bytes from a peer.
 *
 * @param name also the directory of its inputs in the corpus
 * @param reader reads an input or refuses it
 * @param writer writes what was read; null when there is nothing to be written
 * @param refusals what it may throw for bytes that it does not understand
 * @param <T> what it reads
 */
public record Decoder<T>(
    String name,
    Function<byte[], T> reader,
    @Nullable Function<T, byte[]> writer,
    Set<Class<? extends RuntimeException>> refusals) {
  /**
   * Reads an input.
   *
   * @return what it means, or null when the decoder refused it
   * @throws AssertionError when the decoder threw anything else
   */
  public @Nullable T read(byte[] input) {
    try {
      return reader.apply(input);
    } catch (RuntimeException e) {
      if (refusals.contains(e.getClass())) {
        checkText(e.getMessage());
        return null;
      }
      throw new AssertionError("neither understood nor refused: " + e, e);
    }
  }

  /**
   * Checks that what was understood can be shown, written, and read again as the same.
   *
   * @throws AssertionError when it can not
   */
  public void check(T value) {
    try {
      checkText(value.toString());
      if (writer == null) {
        return;
      }
      byte[] written = writer.apply(value);
      T again = reader.apply(written);
      if (!value.equals(again) || value.hashCode() != again.hashCode()) {
        throw new AssertionError("read as " + value + ", written, and read again as " + again);
      }
      if (!Arrays.equals(written, writer.apply(again))) {
        throw new AssertionError("written in two ways: " + value);
      }
    } catch (RuntimeException e) {
      throw new AssertionError("can not be written and read again: " + value, e);
    }
  }

  private static void checkText(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new AssertionError("no text");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
