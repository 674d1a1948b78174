package io.copychunk.client.cli;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyChunkLimits;
import io.copychunk.client.CopyChunkOutcome;
import io.copychunk.client.CopyChunkOutcome.Copied;
import io.copychunk.client.CopyChunkOutcome.LimitsExceeded;
import io.copychunk.client.CopyRange;
import io.copychunk.client.FileRange;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.SessionSecurity;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbShare;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.FileFsAttributeInformation;
import io.copychunk.fscc.FileFsFullSizeInformation;
import io.copychunk.fscc.FileSystemAttributes;
import io.copychunk.wire.AccessMask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Finds out what a server can do by trying it, in temporary files that are removed again. */
final class Probe {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SIZE = 65_536;

  /** More than any server takes in one chunk, so that it tells its limits. */
  private static final long TOO_MUCH = 0xFFFF_FFFFL;

  private final SmbShare share;
  private final SessionSecurity security;
  private final String directory;
  private final @Nullable SmbShare other;
  private final String otherDirectory;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Creates a probe.
   *
   * @param directory where temporary files are made, from the share's root; empty for the root
   * @param other another share of the same session, or null
   */
  Probe(
      SmbShare share,
      SessionSecurity security,
      String directory,
      @Nullable SmbShare other,
      String otherDirectory) {
    this.share = share;
    this.security = security;
    this.directory = directory;
    this.other = other;
    this.otherDirectory = otherDirectory;
  }

  private interface Attempt {
    Finding run() throws IOException;
  }

  List<Finding> run() throws IOException {
    connection();
    try (Temporary source = Temporary.in(share, directory);
        Temporary target = Temporary.in(share, directory)) {
      source.fill();
      fileSystem(target);
      ResumeKey key = resumeKey(source);
      copyChunk(key, target);
      limits(key, target);
      crossShare(key);
      cloning(source, target);
      offload(source);
      holes(target);
      streams(source);
    }
    appleCopyFile();
    return findings;
  }

  private void connection() {
    findings.add(Finding.fact("dialect", "SMB " + security.dialect()));
    findings.add(Finding.fact(
        "signing", security.signing() == null ? "none" : security.signing().toString()));
    findings.add(Finding.fact(
        "encryption",
        security.encryption() == null ? "none" : security.encryption().toString()));
    findings.add(Finding.fact(
        "user",
        security.user() + " (" + security.identity().name().toLowerCase(java.util.Locale.ROOT)
            + ", " + security.mechanism() + ")"));
    var session = share.async().session();
    findings.add(Finding.fact("maxReadSize", Integer.toString(session.maxReadSize())));
    findings.add(Finding.fact("maxWriteSize", Integer.toString(session.maxWriteSize())));
    findings.add(Finding.fact("maxTransactSize", Long.toString(session.maxTransactSize())));
    findings.add(Finding.fact("credits", Integer.toString(session.credits().join())));
  }

  private void fileSystem(Temporary target) throws IOException {
    FileFsAttributeInformation volume = target.file.query(FileFsAttributeInformation.CLASS);
    FileFsFullSizeInformation size = target.file.query(FileFsFullSizeInformation.CLASS);
    long unit = size.sectorsPerAllocationUnit() * size.bytesPerSector();
    findings.add(Finding.fact(
        "fileSystem",
        "%s, units of %d bytes, %s free"
            .formatted(
                volume.fileSystemName(),
                unit,
                Units.bytes((double) size.callerAvailableAllocationUnits() * unit))));
  }

  private @Nullable ResumeKey resumeKey(Temporary source) {
    ResumeKey[] key = new ResumeKey[1];
    attempt("resumeKey", () -> {
      key[0] = source.file.requestResumeKey();
      return Finding.yes("resumeKey", "24 bytes");
    });
    return key[0];
  }

  private void copyChunk(@Nullable ResumeKey key, Temporary target) {
    if (key == null) {
      findings.add(Finding.no("copychunk", "there is no resume key"));
      return;
    }
    attempt("copychunk", () -> {
      CopyChunkOutcome outcome = target.file.copyChunk(key, List.of(CopyRange.at(0, SIZE)));
      boolean equal = outcome.equals(new Copied(1, SIZE)) && target.isFilled();
      return equal
          ? Finding.yes("copychunk", "copied and read back")
          : Finding.no("copychunk", "not copied as told: " + outcome);
    });
  }

  private void limits(@Nullable ResumeKey key, Temporary target) {
    if (key == null) {
      return;
    }
    attempt("copychunkLimits", () -> {
      CopyChunkOutcome outcome = target.file.copyChunk(key, List.of(CopyRange.at(0, TOO_MUCH)));
      if (!(outcome instanceof LimitsExceeded exceeded)) {
        return Finding.no("copychunkLimits", "a chunk of 4 GiB was accepted: " + outcome);
      }
      CopyChunkLimits limits = exceeded.limits();
      return Finding.fact(
          "copychunkLimits",
          "%d chunks, %s a chunk, %s a request"
              .formatted(
                  limits.maxChunks(),
                  Units.bytes(limits.maxChunkSize()),
                  Units.bytes(limits.maxTotalSize())));
    });
  }

  private void crossShare(@Nullable ResumeKey key) {
    if (other == null || key == null) {
      findings.add(Finding.fact(
          "crossShare",
          "not tried: " + (other == null ? "no other share was named" : "there is no resume key")));
      return;
    }
    attempt("crossShare", () -> {
      try (Temporary there = Temporary.in(other, otherDirectory)) {
        CopyChunkOutcome outcome = there.file.copyChunk(key, List.of(CopyRange.at(0, SIZE)));
        boolean equal = outcome.equals(new Copied(1, SIZE)) && there.isFilled();
        return equal
            ? Finding.yes("crossShare", "copied to " + other.path() + " and read back")
            : Finding.no("crossShare", "not copied as told: " + outcome);
      }
    });
  }

  private void cloning(Temporary source, Temporary target) {
    attempt("clone", () -> {
      boolean offered = target
          .file
          .query(FileFsAttributeInformation.CLASS)
          .fileSystemAttributes()
          .has(FileSystemAttributes.SUPPORTS_BLOCK_REFCOUNTING);
      if (!offered) {
        return Finding.no("clone", "the file system does not offer to share blocks");
      }
      target.file.set(new FileEndOfFileInformation(SIZE));
      target.file.duplicateExtents(source.file, CopyRange.at(0, SIZE));
      return target.isFilled()
          ? Finding.yes("clone", "blocks shared and read back")
          : Finding.no("clone", "what was read back differs");
    });
  }

  private void offload(Temporary source) {
    attempt("offload", () -> {
      var token = joined(source.file.async().offloadRead(0, SIZE));
      return token.length() > 0
          ? Finding.yes("offload", "a token for " + token.length() + " bytes")
          : Finding.no("offload", "a token for nothing");
    });
  }

  private void holes(Temporary target) {
    attempt("sparse", () -> {
      AsyncSmbFile file = target.file.async();
      joined(file.setSparse(true));
      target.file.set(new FileEndOfFileInformation(64L * SIZE));
      joined(file.setZeroData(new FileRange(0, 64L * SIZE)));
      var ranges = joined(file.queryAllocatedRanges(0, 64L * SIZE)).ranges();
      return ranges.isEmpty()
          ? Finding.yes("sparse", "a hole was made, and is told")
          : Finding.yes("sparse", "holes are accepted; told as data: " + ranges);
    });
  }

  private void streams(Temporary source) {
    attempt("streams", () -> {
      try (SmbFile stream = share.open(source.path + ":probe:$DATA", OpenOptions.createNew())) {
        stream.write(0, ByteBuffer.wrap(new byte[] {1}));
        return Finding.yes("streams", "one was made and written");
      }
    });
  }

  /** In files of its own, and last: a server may treat the connection differently from then on. */
  private void appleCopyFile() {
    attempt("appleCopyFile", () -> {
      try (Temporary source = Temporary.in(share, directory, Temporary.OPTIONS.withAaplQuery());
          Temporary target = Temporary.in(share, directory, Temporary.OPTIONS.withAaplQuery())) {
        if (!target.file.async().supportsAaplCopyFile()) {
          return Finding.no("appleCopyFile", "the server does not offer it");
        }
        source.fill();
        joined(target.file.async().copyFile(source.file.requestResumeKey()));
        return target.isFilled()
            ? Finding.yes("appleCopyFile", "copied whole by one request and read back")
            : Finding.no("appleCopyFile", "what was read back differs");
      }
    });
  }

  private void attempt(String name, Attempt attempt) {
    try {
      findings.add(attempt.run());
    } catch (IOException e) {
      findings.add(Finding.no(name, String.valueOf(e.getMessage())));
    }
  }

  private static <T> T joined(java.util.concurrent.CompletableFuture<T> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** A file that is removed when it is closed. */
  private static final class Temporary implements AutoCloseable {
    static final OpenOptions OPTIONS =
        OpenOptions.createNew().withFurtherAccess(AccessMask.DELETE.with(AccessMask.READ_DATA));

    private static final byte[] CONTENT = new byte[SIZE];

    static {
      Arrays.fill(CONTENT, (byte) 0x5A);
    }

    private final SmbFile file;
    private final String path;

    private Temporary(SmbFile file, String path) {
      this.file = file;
      this.path = path;
    }

    static Temporary in(SmbShare share, String directory) throws IOException {
      return in(share, directory, OPTIONS);
    }

    static Temporary in(SmbShare share, String directory, OpenOptions options) throws IOException {
      byte[] name = new byte[8];
      RANDOM.nextBytes(name);
      String path = (directory.isEmpty() ? "" : directory + "/") + "copychunk-probe-"
          + HexFormat.of().formatHex(name) + ".tmp";
      return new Temporary(share.open(path, options), path);
    }

    void fill() throws IOException {
      file.write(0, ByteBuffer.wrap(CONTENT));
    }

    boolean isFilled() throws IOException {
      return file.read(0, SIZE).equals(ByteBuffer.wrap(CONTENT));
    }

    @Override
    public void close() throws IOException {
      joined(file.async().deleteAndClose());
    }
  }
}
