package io.copychunk.message;

import io.copychunk.message.context.ErrorContext;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;
import java.util.OptionalLong;

/**
 * SMB2 ERROR Response (2.2.2).
 *
 * @param contexts what 3.1.1 says about the error, at most 64; empty before 3.1.1
 * @param errorData what is said about the error without contexts; empty when there are contexts
 */
public record ErrorResponse(List<ErrorContext> contexts, Octets errorData) implements Smb2Response {
  /** The StructureSize, by which an error is told from the command's own response. */
  public static final int STRUCTURE_SIZE = 9;

  /** An error without any data. */
  public static final ErrorResponse EMPTY = new ErrorResponse(List.of(), Octets.EMPTY);

  /** Checks that there are contexts or data, not both. */
  public ErrorResponse {
    contexts = List.copyOf(contexts);
    if (!contexts.isEmpty() && !errorData.isEmpty()) {
      throw new IllegalArgumentException(
          "errorData: " + errorData + " (expected: empty beside contexts)");
    }
  }

  /**
   * Reads the body. The byte that stands for empty ErrorData may be absent.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static ErrorResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    int contextCount = in.u8();
    in.skip(1); // Reserved
    long byteCount = in.u32();
    WireReader data = in.region(in.position(), byteCount);
    // Before 3.1.1 the count is reserved; without data there is nothing that it could count.
    return contextCount == 0 || byteCount == 0
        ? new ErrorResponse(List.of(), data.rest())
        : new ErrorResponse(ErrorContext.readList(data, contextCount), Octets.EMPTY);
  }

  /**
   * The data about the error itself, wherever the dialect puts it.
   *
   * @return ErrorData, or the data of the first context with {@link ErrorContext#DEFAULT}
   */
  public Octets data() {
    if (contexts.isEmpty()) {
      return errorData;
    }
    return contexts.stream()
        .filter(context -> context.errorId() == ErrorContext.DEFAULT)
        .map(ErrorContext::data)
        .findFirst()
        .orElse(Octets.EMPTY);
  }

  /**
   * The buffer that the request would have needed, if the status is STATUS_BUFFER_TOO_SMALL.
   *
   * @return bytes, or nothing when the server does not tell
   * @throws MalformedMessageException when the data has another size than 4 bytes
   */
  public OptionalLong requiredLength() {
    Octets data = data();
    if (data.isEmpty()) {
      return OptionalLong.empty();
    }
    if (data.size() != 4) {
      throw new MalformedMessageException("ErrorData: " + data.size() + " (expected: 4 bytes)");
    }
    return OptionalLong.of(data.reader().u32());
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 ErrorContextCount 1 | 3 Reserved 1 | 4 ByteCount 4
    // 8 ErrorData, at least 1 byte
    out.u16(STRUCTURE_SIZE).u8(contexts.size()).u8(0);
    WireWriter.Slot byteCount = out.u32Slot();
    int from = out.position();
    if (contexts.isEmpty()) {
      out.octets(errorData);
    } else {
      ErrorContext.writeList(out, contexts);
    }
    int written = out.position() - from;
    out.set(byteCount, written);
    if (written == 0) {
      out.u8(0);
    }
  }
}
