package io.copychunk.testing;

import io.copychunk.fscc.FileAllocationInformation;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileDispositionInformation;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.FileFsAttributeInformation;
import io.copychunk.fscc.FileFsFullSizeInformation;
import io.copychunk.fscc.FileFullEaInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileNormalizedNameInformation;
import io.copychunk.fscc.FileRenameInformation;
import io.copychunk.fscc.FileStandardInformation;
import io.copychunk.fscc.FileStreamInformation;
import io.copychunk.fscc.InfoType;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Every information class of smb-core, both directions of it.
 *
 * @param name the decoder's name in the corpus
 * @param infoType what it is about
 * @param code the number of the class
 * @param reader reads it
 * @param writer writes it
 * @param <T> the information
 */
public record Information<T>(
    String name,
    InfoType infoType,
    int code,
    Function<WireReader, T> reader,
    BiConsumer<T, WireWriter> writer) {
  private static final List<Information<?>> ALL = List.of(
      file("basic", 4, FileBasicInformation::read, FileBasicInformation::write),
      file("standard", 5, FileStandardInformation::read, FileStandardInformation::write),
      file("rename", 10, FileRenameInformation::read, FileRenameInformation::write),
      file("disposition", 13, FileDispositionInformation::read, FileDispositionInformation::write),
      file("full-ea", 15, FileFullEaInformation::read, FileFullEaInformation::write),
      file("allocation", 19, FileAllocationInformation::read, FileAllocationInformation::write),
      file("end-of-file", 20, FileEndOfFileInformation::read, FileEndOfFileInformation::write),
      file("stream", 22, FileStreamInformation::read, FileStreamInformation::write),
      file("network-open", 34, FileNetworkOpenInformation::read, FileNetworkOpenInformation::write),
      file(
          "id-both-directory",
          37,
          FileIdBothDirectoryInformation::readList,
          (entries, out) -> FileIdBothDirectoryInformation.writeList(out, entries)),
      file(
          "normalized-name",
          48,
          FileNormalizedNameInformation::read,
          FileNormalizedNameInformation::write),
      fileSystem(
          "fs-attribute", 5, FileFsAttributeInformation::read, FileFsAttributeInformation::write),
      fileSystem(
          "fs-full-size", 7, FileFsFullSizeInformation::read, FileFsFullSizeInformation::write));

  public static List<Information<?>> all() {
    return ALL;
  }

  /** The class of a number, if it is known. */
  public static Optional<Information<?>> find(InfoType infoType, int code) {
    return ALL.stream()
        .filter(known -> known.infoType() == infoType && known.code() == code)
        .findFirst();
  }

  /** The bytes of an information that this class has read. */
  @SuppressWarnings("unchecked")
  public byte[] write(Object information) {
    return WireWriter.toBytes(out -> writer.accept((T) information, out));
  }

  private static <T> Information<T> file(
      String name, int code, Function<WireReader, T> reader, BiConsumer<T, WireWriter> writer) {
    return new Information<>("file-" + name, InfoType.FILE, code, reader, writer);
  }

  private static <T> Information<T> fileSystem(
      String name, int code, Function<WireReader, T> reader, BiConsumer<T, WireWriter> writer) {
    return new Information<>("file-" + name, InfoType.FILE_SYSTEM, code, reader, writer);
  }
}
