package io.copychunk.client.copy.journal;

import io.copychunk.client.copy.internal.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What can stand in a journal. Numbers are big-endian, texts UTF-8 behind their length. */
sealed interface JournalRecord {
  /** Of journals that are written as this class does. */
  int VERSION = 1;

  /**
   * What the job is; the first record.
   *
   * @param key of the fingerprints
   * @param begun in milliseconds since 1970
   * @param directory where it was called
   * @param arguments how it was called
   * @param parts what is copied where
   */
  record Begin(
      byte[] key, long begun, String directory, List<String> arguments, List<JobPart> parts)
      implements JournalRecord {}

  /**
   * A process has taken it on.
   *
   * @param at in milliseconds since 1970
   */
  record Attempt(long at) implements JournalRecord {}

  /**
   * A directory was not there and was made.
   *
   * @param path its fingerprint
   */
  record Made(long path) implements JournalRecord {}

  /**
   * A file is about to be copied to where others may be.
   *
   * @param path its fingerprint
   * @param replaced what the target's server calls the file that is there, or 0
   */
  record Begun(long path, long replaced) implements JournalRecord {}

  /**
   * A file is copied.
   *
   * @param path its fingerprint
   * @param state the fingerprint of its path and of what the source was like
   * @param size in bytes
   */
  record Done(long path, long state, long size) implements JournalRecord {}

  /**
   * Something could not be copied.
   *
   * @param part the number of the part
   * @param path from its root
   * @param reason why
   */
  record Failed(int part, String path, String reason) implements JournalRecord {}

  /**
   * A directory that is there for a time only.
   *
   * @param part the number of the part
   * @param path from the share's root
   */
  record Temporary(int part, String path) implements JournalRecord {}

  /**
   * A process has brought it to its end.
   *
   * @param failed how many files and directories could not be copied
   */
  record End(long failed) implements JournalRecord {}

  /** The record as bytes, the first of which says which kind it is. */
  default byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (this instanceof Begin begin) {
        out.writeByte(1);
        out.writeInt(VERSION);
        out.write(begin.key());
        out.writeLong(begin.begun());
        write(out, begin.directory());
        out.writeInt(begin.arguments().size());
        for (String argument : begin.arguments()) {
          write(out, argument);
        }
        out.writeInt(begin.parts().size());
        for (JobPart part : begin.parts()) {
          write(out, part.source());
          write(out, part.target());
        }
      } else if (this instanceof Attempt attempt) {
        out.writeByte(2);
        out.writeLong(attempt.at());
      } else if (this instanceof Made made) {
        out.writeByte(3);
        out.writeLong(made.path());
      } else if (this instanceof Begun begun) {
        out.writeByte(4);
        out.writeLong(begun.path());
        out.writeLong(begun.replaced());
      } else if (this instanceof Done done) {
        out.writeByte(5);
        out.writeLong(done.path());
        out.writeLong(done.state());
        out.writeLong(done.size());
      } else if (this instanceof Failed failed) {
        out.writeByte(6);
        out.writeInt(failed.part());
        write(out, failed.path());
        write(out, failed.reason());
      } else if (this instanceof Temporary temporary) {
        out.writeByte(7);
        out.writeInt(temporary.part());
        write(out, temporary.path());
      } else if (this instanceof End end) {
        out.writeByte(8);
        out.writeLong(end.failed());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a record.
   *
   * @throws IOException when it is none
   */
  static JournalRecord decode(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case 1 -> begin(in);
      case 2 -> new Attempt(in.readLong());
      case 3 -> new Made(in.readLong());
      case 4 -> new Begun(in.readLong(), in.readLong());
      case 5 -> new Done(in.readLong(), in.readLong(), in.readLong());
      case 6 -> new Failed(in.readInt(), text(in), text(in));
      case 7 -> new Temporary(in.readInt(), text(in));
      case 8 -> new End(in.readLong());
      default -> throw new IOException("record: kind " + kind + " (expected: 1..8)");
    };
  }

  private static Begin begin(DataInputStream in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("version: " + version + " (expected: " + VERSION + ")");
    }
    byte[] key = in.readNBytes(Fingerprint.KEY_BYTES);
    long begun = in.readLong();
    String directory = text(in);
    List<String> arguments = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      arguments.add(text(in));
    }
    List<JobPart> parts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      parts.add(new JobPart(text(in), text(in)));
    }
    return new Begin(key, begun, directory, arguments, parts);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("text: " + length + " bytes (expected: 0.." + in.available() + ")");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
