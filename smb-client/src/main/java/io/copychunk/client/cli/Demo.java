package io.copychunk.client.cli;

import io.copychunk.client.Credentials;
import io.copychunk.client.IoctlResult;
import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SessionSecurity;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;

/** What the demo does once its server is up, told step by step. */
final class Demo {
  private static final int CHUNK = 1024 * 1024;
  private static final int CHUNKS = 3;
  private static final String SOURCE = "source.bin";
  private static final String COPY = "copy.bin";

  private final Terminal terminal;
  private final ServerOptions options;
  private final WireLog wire = new WireLog();

  Demo(Terminal terminal, ServerOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  /**
   * Copies a file on the server by one request, and compares.
   *
   * @param url the share
   * @param login who logs in
   * @param disk where the share's files are on this machine
   * @return whether the copy is equal
   */
  boolean run(SmbUrl url, Login login, Path disk) throws IOException, CommandException {
    step("A file of " + CHUNKS + " MiB, written straight to the server's disk");
    byte[] content = new byte[CHUNKS * CHUNK];
    new Random().nextBytes(content);
    Files.write(disk.resolve(SOURCE), content);
    SmbConfig config = options.config(wire);
    boolean encrypted;
    try (Credentials credentials = credentials(login);
        SmbClient client = options.client(config, terminal);
        SmbSession session = client.connect(url.host(), url.port()).login(credentials);
        SmbShare share = session.share(url.share())) {
      SessionSecurity security = session.security();
      encrypted = security.encryption() != null;
      step("Connected: SMB %s, %s; %d round trips, %s bytes"
          .formatted(
              security.dialect(),
              protection(security),
              wire.requestFrames(),
              grouped(wire.bytes())));
      copy(share);
    }
    return isEqual(disk, content.length, encrypted);
  }

  private static String protection(SessionSecurity security) {
    if (security.encryption() != null) {
      return "encrypted with " + security.encryption();
    }
    String signing =
        security.signing() == null ? "not signed" : "signed with " + security.signing();
    return signing + ", not encrypted";
  }

  private static Credentials credentials(Login login) {
    String domain = login.domain() == null ? "" : login.domain();
    String user = login.user() == null ? "" : login.user();
    char[] password = login.password() == null ? new char[0] : login.password();
    return Credentials.password(domain, user, password);
  }

  private void copy(SmbShare share) throws IOException {
    wire.takeLines();
    wire.expectIoctl("SRV_REQUEST_RESUME_KEY");
    try (KeyedOpen source = share.openWithResumeKey(SOURCE)) {
      step("The resume key, in " + source.roundTrips() + " round trip"
          + (source.roundTrips() == 1 ? "" : "s"));
      showWire();
      Octets key = Octets.copyOf(source.key().bytes());
      detail("key " + terminal.bold(key.hex()));
      wire.expectIoctl("SRV_COPYCHUNK_WRITE");
      try (SmbFile copy = share.open(COPY, OpenOptions.createNew())) {
        SrvCopyChunkResponse done = copyChunks(copy, key);
        step("The key spent: one COPYCHUNK_WRITE with " + CHUNKS + " chunks of 1 MiB");
        showWire();
        detail("the server says it copied " + grouped(done.totalBytesWritten()) + " bytes");
      }
    }
  }

  private static SrvCopyChunkResponse copyChunks(SmbFile copy, Octets key) throws IOException {
    List<SrvCopyChunk> chunks = LongStream.range(0, CHUNKS)
        .mapToObj(i -> new SrvCopyChunk(i * CHUNK, i * CHUNK, CHUNK))
        .toList();
    SrvCopyChunkCopy request = new SrvCopyChunkCopy(key, chunks, true);
    ByteBuffer input = ByteBuffer.wrap(WireWriter.toBytes(request::writeInput));
    IoctlResult result = copy.ioctl(request.controlCode(), input, SrvCopyChunkResponse.SIZE);
    return SrvCopyChunkResponse.readOutput(result.output().reader());
  }

  private boolean isEqual(Path disk, long size, boolean encrypted) throws IOException {
    String source = sha256(disk.resolve(SOURCE));
    String copy = sha256(disk.resolve(COPY));
    boolean equal = source.equals(copy);
    step("Both files on the server's disk, by SHA-256");
    detail("%-11s %s".formatted(SOURCE, source));
    detail("%-11s %s".formatted(COPY, copy));
    terminal.println("");
    terminal.println(
        equal
            ? terminal.green("Equal: ") + "the server copied " + grouped(size) + " bytes, while "
                + grouped(wire.bytes()) + " crossed the wire, login included"
                + (encrypted ? ", but not what encryption adds." : ".")
            : "The files differ: this must not happen, please report it.");
    return equal;
  }

  private void showWire() {
    wire.takeLines().forEach(this::detail);
  }

  private void step(String text) {
    terminal.println(terminal.bold("• ") + text);
  }

  private void detail(String text) {
    terminal.println("    " + text);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
