package io.copychunk.message.context;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * SMB2 ERROR Context Response (2.2.2.1), from 3.1.1 on.
 *
 * @param errorId what the data is: {@link #DEFAULT} or {@link #SHARE_REDIRECT}
 * @param data what is said about the error
 */
public record ErrorContext(int errorId, Octets data) {
  /** The data is what older dialects send as ErrorData. */
  public static final int DEFAULT = 0;

  /** "SRdr": the data is a {@link ShareRedirectErrorContext}. */
  public static final int SHARE_REDIRECT = 0x72645253;

  /** More contexts than this in one message are refused. */
  public static final int MAX_COUNT = 64;

  /**
   * Reads the contexts of an error.
   *
   * @param in the ErrorData
   * @param count how many there are
   * @return the contexts in their order
   */
  public static List<ErrorContext> readList(WireReader in, int count) {
    if (count > MAX_COUNT) {
      throw new MalformedMessageException(
          "ErrorContextCount: " + count + " (expected: <= " + MAX_COUNT + ")");
    }
    List<ErrorContext> contexts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      in.align(8);
      long length = in.u32();
      contexts.add(new ErrorContext(in.bits32(), in.octets(length)));
    }
    return contexts;
  }

  /**
   * Writes the contexts of an error.
   *
   * @param out stands at the ErrorData, whose offset in the message is a multiple of 8
   * @param contexts what to write
   */
  public static void writeList(WireWriter out, List<ErrorContext> contexts) {
    for (ErrorContext context : contexts) {
      out.align(8);
      // 0 ErrorDataLength 4 | 4 ErrorId 4 | 8 ErrorContextData
      out.u32(context.data.size()).bits32(context.errorId).octets(context.data);
    }
  }

  @Override
  public String toString() {
    return "ErrorContext[errorId=0x%08x, data=%s]".formatted(errorId, data);
  }
}
