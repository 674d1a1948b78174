package io.copychunk.client.copy.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A journal's file: records, each between its length and its CRC-32C. What a process that was killed had
 * not written to its end is cut off when the next one goes on. Locked as long as it is written to.
 */
final class JournalFile implements AutoCloseable {
  private static final int MAX_RECORD = 1 << 24;

  /** Not a channel alone, which the interruption of a thread that writes to it would close. */
  private final FileOutputStream out;

  private final JournalLock lock;

  private JournalFile(FileOutputStream out, JournalLock lock) {
    this.out = out;
    this.lock = lock;
  }

  /** Makes a file that only its owner can read. */
  static JournalFile create(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    Files.createFile(file, ownerOnly);
    return locked(file);
  }

  /**
   * Opens a file to go on behind its last whole record.
   *
   * @param length of what is whole
   */
  static JournalFile goOn(Path file, long length) throws IOException {
    JournalFile opened = locked(file);
    opened.out.getChannel().truncate(length);
    return opened;
  }

  private static JournalFile locked(Path file) throws IOException {
    JournalLock lock = JournalLock.take(file);
    try {
      return new JournalFile(new FileOutputStream(file.toFile(), true), lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** Adds a record. It is in the file when this returns, though perhaps not on the disk. */
  void append(JournalRecord record) throws IOException {
    byte[] bytes = record.encode();
    ByteBuffer framed = ByteBuffer.allocate(bytes.length + 2 * Integer.BYTES);
    framed.putInt(bytes.length).put(bytes).putInt(checksum(bytes));
    out.write(framed.array());
  }

  /** Has all that was added reach the disk. */
  void force() throws IOException {
    out.getFD().sync();
  }

  /** Lets others write to it. */
  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      lock.close();
    }
  }

  /**
   * Reads a journal as far as it is whole.
   *
   * @param reader is given each record
   * @return how long it is, as far as it is whole
   * @throws IOException when it can not be read
   */
  static long read(Path file, Consumer<JournalRecord> reader) throws IOException {
    long whole = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (true) {
        int length = in.readInt();
        if (length < 1 || length > MAX_RECORD) {
          return whole;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.readInt() != checksum(bytes)) {
          return whole;
        }
        reader.accept(JournalRecord.decode(new DataInputStream(new ByteArrayInputStream(bytes))));
        whole += length + 2L * Integer.BYTES;
      }
    } catch (EOFException e) {
      return whole;
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }
}
