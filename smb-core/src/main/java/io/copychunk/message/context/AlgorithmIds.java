package io.copychunk.message.context;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** The lists of 16-bit ids that most negotiate contexts consist of. */
final class AlgorithmIds {
  private AlgorithmIds() {}

  /** Reads the count of a list, which is never empty. */
  static int readCount(WireReader in, String field) {
    int count = in.u16();
    if (count == 0) {
      throw new MalformedMessageException(field + ": 0 (expected: > 0)");
    }
    return count;
  }

  static List<Integer> read(WireReader in, int count) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(in.u16());
    }
    return ids;
  }

  static void write(WireWriter out, List<Integer> ids) {
    for (int id : ids) {
      out.u16(id);
    }
  }
}
