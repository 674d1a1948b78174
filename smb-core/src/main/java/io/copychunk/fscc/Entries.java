package io.copychunk.fscc;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Lists whose entries are linked by NextEntryOffset (MS-FSCC 2.4). */
final class Entries {
  private static final int NEXT_ENTRY_OFFSET_SIZE = 4;

  private Entries() {}

  /**
   * Reads a list. Every step goes forward by at least what an entry has, so a list has an end, and
   * entries do not overlap.
   *
   * @param in the list alone; may be empty
   * @param smallest the size of an entry without what is variable in it
   * @param entry reads what is behind NextEntryOffset; is given the entry alone
   */
  static <T> List<T> read(WireReader in, int smallest, Function<WireReader, T> entry) {
    List<T> entries = new ArrayList<>();
    while (in.remaining() > 0) {
      long next = in.regionFrom(in.position()).u32();
      if (next != 0 && (next < smallest || next >= in.remaining())) {
        throw new MalformedMessageException("NextEntryOffset: " + next + " (expected: 0, or "
            + smallest + ".." + (in.remaining() - 1) + ")");
      }
      long size = next == 0 ? in.remaining() : next;
      WireReader one = in.region(in.position(), size);
      one.skip(NEXT_ENTRY_OFFSET_SIZE);
      entries.add(entry.apply(one));
      in.skip(size);
    }
    return List.copyOf(entries);
  }

  /**
   * Writes a list.
   *
   * @param alignment of each entry
   * @param entry writes what is behind NextEntryOffset
   */
  static <T> void write(
      WireWriter out, List<T> entries, int alignment, BiConsumer<WireWriter, T> entry) {
    for (int i = 0; i < entries.size(); i++) {
      WireWriter one = out.nested();
      WireWriter.Slot next = one.u32Slot();
      entry.accept(one, entries.get(i));
      if (i < entries.size() - 1) {
        one.align(alignment);
        one.set(next, one.position());
      }
    }
  }
}
