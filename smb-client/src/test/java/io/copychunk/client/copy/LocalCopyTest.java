package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.message.ReadRequest;
import io.copychunk.message.ReadResponse;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.ScriptedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way from and to this machine, on a scripted server. */
@Timeout(60)
class LocalCopyTest {
  private static final byte[] OLD = {1, 2, 3};

  @TempDir
  private Path directory;

  private final CopyFlow flow = new CopyFlow();
  private final ScriptedFiles files = flow.files;
  private final byte[] content = new byte[700_000];
  private final CopyOptions.Builder options = CopyOptions.builder();
  private Path local;

  @BeforeEach
  void fill() throws IOException {
    new Random(1).nextBytes(content);
    local = directory.resolve("local");
    Files.write(local, content);
    files.put("a", content);
  }

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void anUploadIsComparedInFullWhenAskedTo() {
    CopyResult result = upload(options.verify(Verify.FULL));

    assertThat(result.sha256()).hasSize(64);
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void anUploadThatIsNotEqualGetsNoName() {
    files.put("b", OLD);
    readsWrong();

    assertThat(failure(Reason.NOT_EQUAL, flow.engine.upload(local, flow.at("b"), full())))
        .contains("SHA-256");
    assertThat(files.get("b")).isEqualTo(OLD);
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void aDownloadIsComparedInFullWhenAskedTo() throws IOException {
    Files.write(local, new byte[1_000_000]); // longer than what comes

    CopyResult result = download(options.verify(Verify.FULL).inPlace(true));

    assertThat(result.sha256()).hasSize(64);
    assertThat(Files.readAllBytes(local)).isEqualTo(content);
  }

  @Test
  void aDownloadThatIsNotEqualGetsNoName() throws IOException {
    Files.write(local, OLD);
    readsDifferently();

    failure(Reason.NOT_EQUAL, flow.engine.download(flow.at("a"), local, full()));

    assertThat(Files.readAllBytes(local)).isEqualTo(OLD);
    assertNothingBeside();
  }

  @Test
  void aLocalSourceThatGrowsFailsTheUploadUnlessItMay() {
    options.progress(event -> append());
    failure(Reason.SOURCE_CHANGED, flow.engine.upload(local, flow.at("b"), options.build()));
    assertThat(files.names()).containsExactly("a");

    CopyResult result = upload(options.sourceMayChange(true).verify(Verify.FULL));

    assertThat(result.sourceChanged()).isTrue();
    assertThat(files.get("b")).hasSize((int) result.size());
  }

  @Test
  void aSourceThatChangesFailsTheDownloadUnlessItMay() throws IOException {
    Files.write(local, OLD);
    options.progress(event -> files.touch("a"));
    failure(Reason.SOURCE_CHANGED, flow.engine.download(flow.at("a"), local, options.build()));
    assertThat(Files.readAllBytes(local)).isEqualTo(OLD);

    assertThat(download(options.sourceMayChange(true)).sourceChanged()).isTrue();
    assertThat(Files.readAllBytes(local)).isEqualTo(content);
    assertNothingBeside();
  }

  /** To open one would wait for who writes into it, and to replace one would take it from others. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsNeitherSourceNorTarget() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    CopyOptions defaults = CopyOptions.defaults();
    assertThat(Awaited.failure(flow.engine.upload(pipe, flow.at("b"), defaults).result()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a regular file");
    assertThat(
            Awaited.failure(flow.engine.download(flow.at("a"), pipe, defaults).result()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a regular file");
    assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(Files.exists(pipe)).isTrue();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkThatIsATargetStaysOne() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), local);
    Files.write(local, OLD);

    Awaited.result(
        flow.engine.download(flow.at("a"), link, CopyOptions.defaults()).result());

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readAllBytes(local)).isEqualTo(content);
  }

  @Test
  void aTargetThatIsToStayStays() throws IOException {
    Files.write(local, OLD);

    failure(
        Reason.TARGET_EXISTS,
        flow.engine.download(flow.at("a"), local, options.replace(false).build()));

    assertThat(Files.readAllBytes(local)).isEqualTo(OLD);
    assertNothingBeside();
  }

  @Test
  void aTargetThatAppearsMeanwhileStays() throws IOException {
    Path target = directory.resolve("new");
    options.replace(false).progress(event -> write(target));

    assertThat(Awaited.failure(
            flow.engine.download(flow.at("a"), target, options.build()).result()))
        .isInstanceOf(FileSystemException.class);

    assertThat(Files.readAllBytes(target)).isEqualTo(OLD);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactlyInAnyOrder(local, target);
    }
  }

  private CopyOptions full() {
    return options.verify(Verify.FULL).build();
  }

  private CopyResult upload(CopyOptions.Builder how) {
    return Awaited.result(flow.engine.upload(local, flow.at("b"), how.build()).result());
  }

  private CopyResult download(CopyOptions.Builder how) {
    return Awaited.result(flow.engine.download(flow.at("a"), local, how.build()).result());
  }

  private static String failure(Reason reason, CopyTask task) {
    Throwable failure = Awaited.failure(task.result());
    assertThat(failure)
        .isInstanceOfSatisfying(
            SmbCopyException.class, copy -> assertThat(copy.reason()).isEqualTo(reason));
    return failure.getMessage();
  }

  /** Whatever is read is zero. */
  private void readsWrong() {
    files.hook(request -> {
      if (request.body() instanceof ReadRequest read) {
        request.answer(new ReadResponse(ByteBuffer.allocate(read.length()), 0)).send();
        return true;
      }
      return false;
    });
  }

  /** The same is not read twice: the second time it is zero. */
  private void readsDifferently() {
    files.hook(request -> {
      boolean again = request.body() instanceof ReadRequest read
          && files.requests().stream()
                  .filter(before ->
                      before instanceof ReadRequest other && other.offset() == read.offset())
                  .count()
              > 1;
      if (again) {
        int length = ((ReadRequest) request.body()).length();
        request.answer(new ReadResponse(ByteBuffer.allocate(length), 0)).send();
      }
      return again;
    });
  }

  private void append() {
    try {
      Files.write(local, new byte[] {7}, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path file) {
    try {
      Files.write(file, OLD);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertNothingBeside() throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(local);
    }
  }
}
