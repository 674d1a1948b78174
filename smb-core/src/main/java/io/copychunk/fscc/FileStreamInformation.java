package io.copychunk.fscc;

import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * FileStreamInformation (MS-FSCC 2.4.49): the data streams of a file.
 *
 * @param streams in the server's order; empty for a directory without streams
 */
public record FileStreamInformation(List<Stream> streams) {
  private static final int ENTRY_SIZE = 24;

  /** The class. */
  public static final InformationClass<FileStreamInformation> CLASS =
      InformationClass.ofFile(22, "FileStreamInformation", FileStreamInformation::read);

  /** Copies the list. */
  public FileStreamInformation {
    streams = List.copyOf(streams);
  }

  /**
   * One stream.
   *
   * @param streamName such as {@code ::$DATA}, which is the file's own data, or {@code :name:$DATA}
   * @param streamSize its size in bytes, 0 to 2<sup>63</sup>-1
   * @param streamAllocationSize bytes that it occupies, 0 to 2<sup>63</sup>-1
   */
  public record Stream(String streamName, long streamSize, long streamAllocationSize) {
    /**
     * Whether it is the file's own data.
     *
     * @return whether the name between the colons is empty
     */
    public boolean isUnnamed() {
      return streamName.startsWith("::");
    }

    @Override
    public String toString() {
      return "Stream[streamName=%s, streamSize=%d]"
          .formatted(PrintableText.of(streamName), streamSize);
    }
  }

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileStreamInformation read(WireReader in) {
    return new FileStreamInformation(
        Entries.read(in, ENTRY_SIZE, FileStreamInformation::readStream));
  }

  private static Stream readStream(WireReader in) {
    long nameLength = in.u32();
    long size = in.size64("StreamSize");
    long allocationSize = in.size64("StreamAllocationSize");
    return new Stream(in.utf16(nameLength), size, allocationSize);
  }

  /**
   * Writes the information.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    Entries.write(out, streams, 8, (entry, stream) -> {
      // 0 NextEntryOffset 4 | 4 StreamNameLength 4 | 8 StreamSize 8 | 16 StreamAllocationSize 8
      // 24 StreamName
      entry.u32(2L * stream.streamName().length()).bits64(stream.streamSize());
      entry.bits64(stream.streamAllocationSize()).utf16(stream.streamName());
    });
  }
}
