package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.copy.CopyFlow;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.ScriptedDirectories;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.TreeEvents;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in a tree that the other side can not hold, and names that are meant to lead elsewhere. */
@Timeout(60)
class TreeNamesTest {
  private final CopyFlow flow = new CopyFlow(
      SmbConfig.builder().transport(transport -> transport.maxConnections(1)).build());
  private final ScriptedFiles files = flow.files;
  private final ScriptedDirectories directories = new ScriptedDirectories(files, 7);
  private final TreeEvents events = new TreeEvents();

  TreeNamesTest() {
    files.hook(directories);
    files.put("from\\a", new byte[] {1, 2, 3});
    files.put("from\\sub\\b", new byte[] {4});
  }

  @AfterEach
  void close() {
    flow.close();
  }

  private TreeTask begin(CopyOptions options) {
    return new TreeCopy(flow.engine)
        .start(
            flow.at("from"),
            flow.at("to"),
            TreeOptions.builder().files(options).listener(events).build());
  }

  @Test
  void aNameThatTheTargetCanNotHoldIsToldAndTheRestGoesOn() {
    files.put("from\\wh?t", new byte[] {5});
    files.put("from\\dot.\\c", new byte[] {6});
    files.hook(request -> {
      boolean refuses =
          (request.body() instanceof CreateRequest create && create.name().equals("to\\dot."))
              || (request.body() instanceof SetInfoRequest set
                  && set.fileInfoClass() == 10
                  && set.buffer().size() == 20 + 2 * "to\\wh?t".length());
      if (refuses) {
        request.refusal(NtStatus.OBJECT_NAME_INVALID).send();
      }
      return refuses;
    });

    TreeProgress result = Awaited.result(begin(CopyOptions.defaults()).result());

    assertThat(events.failed).containsOnlyKeys("wh?t", "dot.");
    assertThat(events.failed.values())
        .allSatisfy(failure -> assertThat(failure)
            .isInstanceOfSatisfying(
                SmbStatusException.class,
                refused -> assertThat(refused.status()).isEqualTo(NtStatus.OBJECT_NAME_INVALID)));
    assertThat(result.files()).isEqualTo(2);
    assertThat(files.names())
        .filteredOn(name -> name.startsWith("to\\"))
        .containsExactlyInAnyOrder("to\\a", "to\\sub\\b");
  }

  /** In place, it would be written into a stream of a file that is called otherwise. */
  @Test
  void aNameWithAColonIsNotTakenForAStream() {
    listOnce("a:b", false);

    Awaited.result(begin(CopyOptions.builder().inPlace(true).build()).result());

    assertThat(events.failed).containsOnlyKeys("a:b");
    assertThat(events.failed.get("a:b"))
        .isInstanceOfSatisfying(
            SmbCopyException.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.NAME));
    assertThat(files.get("to\\a")).containsExactly(1, 2, 3);
    assertThat(files.names()).noneMatch(name -> name.startsWith("to\\a:"));
  }

  /** Section 7 of the attack list. */
  @ParameterizedTest
  @ValueSource(strings = {"..\\..\\out", "sub\\x", "../out", "/out", "\\out", "a\0b", ""})
  void aNameThatLeadsElsewhereEndsTheCopy(String name) {
    listOnce(name, true);

    assertThat(Awaited.failure(begin(CopyOptions.defaults()).result()))
        .isInstanceOf(SmbProtocolException.class);
    assertNothingOutside();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void theDirectoryItselfAndTheOneAboveAreNotEntered(String name) {
    listOnce(name, true);

    Awaited.result(begin(CopyOptions.defaults()).result());

    assertThat(events.failed).isEmpty();
    assertThat(events.copied.keySet()).containsExactlyInAnyOrder("a", "sub\\b");
    assertNothingOutside();
  }

  private void listOnce(String name, boolean isDirectory) {
    AtomicBoolean listed = new AtomicBoolean();
    files.hook(request -> {
      if (!(request.body() instanceof QueryDirectoryRequest) || listed.getAndSet(true)) {
        return false;
      }
      var entry = new FileIdBothDirectoryInformation(
          0,
          1,
          2,
          3,
          4,
          0,
          0,
          isDirectory ? FileAttributes.DIRECTORY : FileAttributes.ARCHIVE,
          0,
          "",
          5,
          name);
      request
          .answer(new QueryDirectoryResponse(Octets.copyOf(WireWriter.toBytes(
              out -> FileIdBothDirectoryInformation.writeList(out, List.of(entry))))))
          .send();
      return true;
    });
  }

  private void assertNothingOutside() {
    assertThat(files.requests())
        .filteredOn(CreateRequest.class::isInstance)
        .map(request -> ((CreateRequest) request).name())
        .allMatch(name -> name.matches("(from|to)(\\\\.*)?"))
        .noneMatch(name -> name.contains("..") || name.contains("/"));
  }
}
