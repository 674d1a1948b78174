package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.copy.CopyFlow;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.journal.Jobs;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.message.CreateOptions;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.ScriptedDirectories;
import io.copychunk.testing.ScriptedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The copy of a tree that has a journal: whenever it is killed, its resumption knows of all it has made. */
@Timeout(60)
class TreeJobTest {
  private static final int MANY = 300;
  private static final int PAGE_SIZE = 7;

  private final CopyFlow flow = new CopyFlow(
      SmbConfig.builder().transport(transport -> transport.maxConnections(1)).build());
  private final ScriptedFiles files = flow.files;
  private final ScriptedDirectories directories = new ScriptedDirectories(files, PAGE_SIZE);

  @TempDir
  private Path jobsDirectory;

  private Jobs jobs;

  @BeforeEach
  void plant() {
    jobs = new Jobs(jobsDirectory);
    files.hook(directories);
    for (int i = 0; i < MANY; i++) {
      files.put("from\\many\\%03d".formatted(i), new byte[i]);
    }
  }

  @AfterEach
  void close() {
    flow.close();
  }

  private void copy(Journal journal, FileLocation source) {
    TreeOptions options = TreeOptions.builder().journal(journal.part(0)).build();
    TreeTask task = new TreeCopy(flow.engine).start(source, flow.at("to"), options);
    assertThat(Awaited.result(task.result()).files()).isEqualTo(MANY);
  }

  private static boolean makesTemporary(CreateRequest create) {
    return create.options().has(CreateOptions.DIRECTORY_FILE) && create.name().contains(".tmp");
  }

  private boolean isNoted(String name) {
    try (Stream<Path> all = Files.list(jobsDirectory)) {
      for (Path journal : all.toList()) {
        if (Files.readString(journal, StandardCharsets.ISO_8859_1).contains(name)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDirectoryForTemporaryNamesIsNotedBeforeItIsMade() throws IOException {
    directories.make("to");
    directories.make("to\\many"); // what is made is noted too, and would be waited for
    CompletableFuture<Void> listed = new CompletableFuture<>();
    AtomicInteger pages = new AtomicInteger();
    Map<String, Boolean> noted = new ConcurrentHashMap<>();
    files.hook(request -> {
      if (request.body() instanceof QueryDirectoryRequest
          && pages.incrementAndGet() > MANY / PAGE_SIZE) {
        listed.complete(null);
      } else if (request.body() instanceof CreateRequest create && makesTemporary(create)) {
        noted.put(create.name(), isNoted(create.name()));
      }
      return false;
    });
    AsyncSmbShare notesLate =
        flow.at("").share().withCallbackExecutor(task -> listed.thenRunAsync(task));

    try (Journal journal = jobs.begin(jobsDirectory, List.of(), List.of())) {
      copy(journal, new FileLocation(notesLate, "from"));
    }

    assertThat(noted).isNotEmpty().doesNotContainValue(false);
  }

  /** The server may have had to do with other requests of the process that was killed. */
  @Test
  void oneThatIsMadeAfterItsProcessHasEndedIsRemoved() throws IOException {
    String late = "to\\many\\copychunk-late.tmp";
    Journal killed = jobs.begin(jobsDirectory, List.of(), List.of());
    killed.part(0).temporary(late);
    killed.close();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      directories.make(late);
      return false;
    });

    try (Journal resumed = jobs.resume(killed.id())) {
      copy(resumed, flow.at("from"));
    }

    assertThat(files.controls(SrvCopyChunkCopy.class)).isNotEmpty();
    assertThat(directories.made()).containsExactlyInAnyOrder("to", "to\\many");
    List<String> opened = files.requests().stream()
        .filter(CreateRequest.class::isInstance)
        .map(request -> ((CreateRequest) request).name())
        .toList();
    assertThat(opened.lastIndexOf(late))
        .as("before the times of its directory are set")
        .isLessThan(opened.lastIndexOf("to\\many"));
  }
}
