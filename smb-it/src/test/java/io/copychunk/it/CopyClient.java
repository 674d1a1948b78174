package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A client with one session and an engine, and a test's files on the share "work". */
final class CopyClient implements AutoCloseable {
  private static final int PIECE = 65_536;

  final SmbClient client = SmbClient.create();
  final CopyEngine engine = new CopyEngine();
  final SmbSession session;
  final SmbShare work;
  private final Scratch scratch;

  CopyClient(SambaServer server, Scratch scratch) throws IOException {
    this.scratch = scratch;
    session = server.login(client);
    work = session.share(server.share("work"));
  }

  interface Copying {
    void run() throws IOException;
  }

  FileLocation at(String name) {
    return FileLocation.of(work, scratch.path(name));
  }

  CopyResult copy(String source, String target, CopyOptions options) throws IOException {
    return engine.copy(at(source), at(target), options);
  }

  /** Writes a file on the server's disk, of a content that depends on its size. */
  byte[] write(String name, int size) {
    byte[] content = Scratch.content(size, size);
    scratch.write("work", name, content);
    return content;
  }

  /** Writes a file or a stream over SMB. */
  static void fill(SmbShare share, String path, byte[] content) throws IOException {
    try (SmbFile file = share.open(path, OpenOptions.create())) {
      for (int at = 0; at < content.length; at += PIECE) {
        file.write(at, ByteBuffer.wrap(content, at, Math.min(PIECE, content.length - at)));
      }
    }
  }

  /** Reads a file or a stream over SMB. */
  static byte[] read(SmbShare share, String path) throws IOException {
    try (SmbFile file = share.open(path, OpenOptions.read())) {
      byte[] content = new byte[(int) file.size()];
      for (int at = 0; at < content.length; ) {
        ByteBuffer data = file.read(at, Math.min(PIECE, content.length - at));
        int count = data.remaining();
        data.get(content, at, count);
        at += count;
      }
      return content;
    }
  }

  void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.list(scratch.onDisk("work", ""))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("copychunk-"));
    }
  }

  static void assertCopyFails(Reason reason, Copying copying) {
    assertThatThrownBy(copying::run)
        .isInstanceOfSatisfying(
            SmbCopyException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  static void assertStatus(NtStatus status, Copying copying) {
    assertThatThrownBy(copying::run)
        .isInstanceOfSatisfying(
            SmbStatusException.class, failure -> assertThat(failure.status()).isEqualTo(status));
  }

  @Override
  public void close() {
    client.close();
  }
}
