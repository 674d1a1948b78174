package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories as servers list them. */
@Timeout(60)
class DirectoryFlowTest {
  private final Flow flow = new Flow();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void pagesAreAskedForUntilThereAreNoMore() {
    CompletableFuture<List<FileIdBothDirectoryInformation>> listing = listing();
    page(".", "..", "a.bin");
    page("b.bin");
    flow.peer
        .expect(QueryDirectoryRequest.class)
        .refusal(NtStatus.NO_MORE_FILES)
        .send();
    flow.peer.expect(CloseRequest.class).answer(Responses.closed()).send();

    assertThat(Flow.result(listing))
        .extracting(FileIdBothDirectoryInformation::fileName)
        .containsExactly("a.bin", "b.bin");
  }

  @Test
  void anEmptyDirectoryMayHaveNoEntryAtAll() {
    CompletableFuture<List<FileIdBothDirectoryInformation>> listing = listing();
    flow.peer.expect(QueryDirectoryRequest.class).refusal(NtStatus.NO_SUCH_FILE).send();
    flow.peer.expect(CloseRequest.class).answer(Responses.closed()).send();

    assertThat(Flow.result(listing)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "..\\x", "a/b", "/etc/passwd", "a\u0000b", "", "\\\\h\\s"})
  void attack60_namesThatLeadElsewhere(String name) {
    CompletableFuture<List<FileIdBothDirectoryInformation>> listing = listing();
    page("a.bin", name);

    assertThat(Flow.failure(listing)).hasStackTraceContaining("malformed directory: FileName");
    flow.peer.expectEnd();
  }

  @Test
  void attack31_aPageWithoutEntries() {
    CompletableFuture<List<FileIdBothDirectoryInformation>> listing = listing();
    flow.peer
        .expect(QueryDirectoryRequest.class)
        .answer(new QueryDirectoryResponse(Octets.EMPTY))
        .send();

    assertThat(Flow.failure(listing)).hasStackTraceContaining("malformed directory");
    flow.peer.expectEnd();
  }

  @Test
  void attack31_aListingWithoutEnd() {
    CompletableFuture<List<FileIdBothDirectoryInformation>> listing = listing();
    String[] names = IntStream.range(0, 7000).mapToObj(i -> "f" + i).toArray(String[]::new);
    Octets page = octets(names);
    int pages = 0;
    while (pages * names.length <= SmbShare.MAX_LISTED) {
      flow.peer
          .expect(QueryDirectoryRequest.class)
          .answer(new QueryDirectoryResponse(page))
          .send();
      pages++;
    }
    flow.peer.expect(CloseRequest.class).answer(Responses.closed()).send();

    assertThat(Flow.failure(listing)).hasStackTraceContaining("and no end");
  }

  @Test
  void attack64_aPageLongerThanWasAskedFor() {
    CompletableFuture<List<FileIdBothDirectoryInformation>> listing = listing();
    Received<QueryDirectoryRequest> request = flow.peer.expect(QueryDirectoryRequest.class);
    request
        .answer(new QueryDirectoryResponse(
            Octets.copyOf(new byte[request.body().outputBufferLength() + 1])))
        .send();

    assertThat(Flow.failure(listing)).hasStackTraceContaining("OutputBufferLength");
    flow.peer.expectEnd();
  }

  @Test
  void theBlockingFaceRefusesPathsThatNoServerKnows() {
    AsyncSmbShare share = flow.share();

    assertThatThrownBy(() -> share.blocking().list("a/../b"))
        .isInstanceOf(InvalidPathException.class);
  }

  private CompletableFuture<List<FileIdBothDirectoryInformation>> listing() {
    SmbShare share = flow.share().blocking();
    CompletableFuture<List<FileIdBothDirectoryInformation>> listing =
        CompletableFuture.supplyAsync(() -> {
          try {
            return share.list("dir");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    flow.peer.expect(CreateRequest.class).answer(Responses.opened(Flow.FILE_ID)).send();
    return listing;
  }

  private void page(String... names) {
    flow.peer
        .expect(QueryDirectoryRequest.class)
        .answer(new QueryDirectoryResponse(octets(names)))
        .send();
  }

  private static Octets octets(String... names) {
    List<FileIdBothDirectoryInformation> entries = Stream.of(names)
        .map(name -> new FileIdBothDirectoryInformation(
            0, 0, 0, 0, 0, 0, 0, FileAttributes.NORMAL, 0, "", 0, name))
        .toList();
    return Octets.copyOf(
        WireWriter.toBytes(out -> FileIdBothDirectoryInformation.writeList(out, entries)));
  }
}
