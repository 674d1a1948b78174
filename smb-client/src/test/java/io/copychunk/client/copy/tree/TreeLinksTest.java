package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.copy.CopyFlow;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.MountPointReparseData;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.fscc.ReparseTag;
import io.copychunk.fscc.SymbolicLinkReparseData;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.fsctl.GetReparsePoint;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.ScriptedDirectories;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.ScriptedLinks;
import io.copychunk.testing.TreeEvents;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Symbolic links and other reparse points of a tree. */
@Timeout(60)
class TreeLinksTest {
  private static final ReparseDataBuffer TO_FILE =
      new SymbolicLinkReparseData("a", "a", true).toReparsePoint();
  private static final ReparseDataBuffer TO_DIRECTORY =
      new SymbolicLinkReparseData("sub", "sub", true).toReparsePoint();
  private static final ReparseDataBuffer JUNCTION =
      new MountPointReparseData("\\??\\D:\\x", "D:\\x").toReparsePoint();
  private static final ReparseDataBuffer FOREIGN =
      new ReparseDataBuffer(new ReparseTag(0x42), new Guid(1, 2), Octets.copyOf(new byte[16_000]));

  private final CopyFlow flow = new CopyFlow(
      SmbConfig.builder().transport(transport -> transport.maxConnections(1)).build());
  private final ScriptedFiles files = flow.files;
  private final ScriptedLinks links = new ScriptedLinks();
  private final ScriptedDirectories directories = new ScriptedDirectories(files, 7).with(links);
  private final TreeEvents events = new TreeEvents();

  TreeLinksTest() {
    files.hook(directories);
    files.hook(links);
    files.put("from\\a", new byte[] {1, 2, 3});
    files.put("from\\sub\\b", new byte[] {4});
    links.put("from\\toFile", false, TO_FILE);
    links.put("from\\sub\\toDirectory", true, TO_DIRECTORY);
    links.put("from\\junction", true, JUNCTION);
    links.put("from\\foreign", false, FOREIGN);
  }

  @AfterEach
  void close() {
    flow.close();
  }

  private TreeProgress copy(TreeOptions.Builder options) {
    return Awaited.result(new TreeCopy(flow.engine)
        .start(flow.at("from"), flow.at("to"), options.listener(events).build())
        .result());
  }

  private void assertAllKept() {
    assertThat(links.get("to\\toFile")).isEqualTo(TO_FILE);
    assertThat(links.isDirectory("to\\toFile")).isFalse();
    assertThat(links.get("to\\sub\\toDirectory")).isEqualTo(TO_DIRECTORY);
    assertThat(links.isDirectory("to\\sub\\toDirectory")).isTrue();
    assertThat(links.get("to\\junction")).isEqualTo(JUNCTION);
    assertThat(links.get("to\\foreign")).isEqualTo(FOREIGN);
  }

  @Test
  void linksAreCopiedAsThemselvesByDefault() {
    TreeProgress result = copy(TreeOptions.builder());

    assertAllKept();
    assertThat(result.files()).isEqualTo(6);
    assertThat(result.skipped()).isZero();
    assertThat(events.failed).isEmpty();
    assertThat(links.created()).hasSize(4).allMatch(name -> name.contains("copychunk-"));
    assertThat(links.names()).noneMatch(name -> name.contains("copychunk-"));
  }

  @Test
  void alsoWhereAListingDoesNotTellWhatTheyAre() {
    links.tellNoTags();

    copy(TreeOptions.builder());

    assertAllKept();
    assertThat(events.failed).isEmpty();
  }

  @Test
  void theSameLinksAreLeftAsTheyAre() {
    copy(TreeOptions.builder());
    int created = links.created().size();

    TreeProgress result = copy(TreeOptions.builder());

    assertThat(result.failed()).isZero();
    assertThat(links.created()).hasSize(created);
    assertAllKept();
  }

  @Test
  void anotherFileIsReplacedAndAnotherDirectoryIsNot() {
    files.put("to\\there", new byte[1]);
    links.put("to\\toFile", false, FOREIGN);
    links.put("to\\junction", true, TO_DIRECTORY);

    copy(TreeOptions.builder());

    assertThat(links.get("to\\toFile")).isEqualTo(TO_FILE);
    assertThat(links.get("to\\junction")).isEqualTo(TO_DIRECTORY);
    assertThat(events.failed).containsOnlyKeys("junction");
    assertReason(Reason.TARGET_IS_DIRECTORY, "junction");
  }

  @Test
  void nothingIsReplacedIfToldSo() {
    files.put("to\\there", new byte[1]);
    links.put("to\\toFile", false, FOREIGN);

    copy(TreeOptions.builder().files(CopyOptions.builder().replace(false).build()));

    assertThat(links.get("to\\toFile")).isEqualTo(FOREIGN);
    assertThat(events.skipped).containsOnlyKeys("toFile");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOT_SUPPORTED",
        "INVALID_DEVICE_REQUEST",
        "PRIVILEGE_NOT_HELD",
        "ACCESS_DENIED",
        "NOT_A_REPARSE_POINT"
      })
  void aServerThatMakesNoLinksFailsThemAloneAndKeepsNothing(String status) throws Exception {
    links.refuse((NtStatus) NtStatus.class.getField(status).get(null));

    TreeProgress result = copy(TreeOptions.builder());

    assertThat(result.files()).isEqualTo(2);
    assertThat(events.failed).containsOnlyKeys("toFile", "sub\\toDirectory", "junction", "foreign");
    events.failed.keySet().forEach(path -> assertReason(Reason.LINK, path));
    assertThat(links.names()).noneMatch(name -> name.startsWith("to\\"));
    assertThat(files.names()).noneMatch(name -> name.contains("copychunk-"));
  }

  @Test
  void whatHasNotItsNameIsRemovedAgain() {
    files.hook(request -> {
      boolean renames = request.body() instanceof SetInfoRequest set && set.fileInfoClass() == 10;
      if (renames) {
        request.refusal(NtStatus.OBJECT_NAME_INVALID).send();
      }
      return renames;
    });

    copy(TreeOptions.builder());

    assertThat(events.failed).hasSize(6);
    assertThat(links.names()).noneMatch(name -> name.startsWith("to\\"));
  }

  @Test
  void aCopyThatIsAnotherLinkIsNone() {
    files.hook(GetReparsePoint.class, (request, asked) -> {
      boolean later = files.controls(GetReparsePoint.class).size() > 4;
      if (later) {
        request
            .answer(io.copychunk.testing.Responses.output(
                (io.copychunk.message.IoctlRequest) request.body(),
                io.copychunk.wire.FileId.PREVIOUS,
                new SymbolicLinkReparseData("x", "x", true).toReparsePoint()::write))
            .send();
      }
      return later;
    });

    copy(TreeOptions.builder());

    assertThat(events.failed).hasSize(4);
    events.failed.keySet().forEach(path -> assertReason(Reason.NOT_EQUAL, path));
    assertThat(links.names()).noneMatch(name -> name.startsWith("to\\"));
  }

  @Test
  void linksAreLeftOutIfToldSo() {
    TreeProgress result = copy(TreeOptions.builder().links(Links.SKIP));

    assertThat(events.skipped)
        .containsOnlyKeys("toFile", "sub\\toDirectory", "junction", "foreign")
        .containsValue("it is a link");
    assertThat(result.skipped()).isEqualTo(4);
    assertThat(result.files()).isEqualTo(2);
    assertThat(links.created()).isEmpty();
  }

  /** Of a deduplicated file, whoever opens it gets the data. */
  @ParameterizedTest
  @EnumSource(Links.class)
  void waysOfStorageAreNoLinks(Links how) {
    files.put("from\\stored", new byte[] {7, 8});
    directories.follow("from\\junction", "from\\sub");
    links.put(
        "from\\stored", false, new ReparseDataBuffer(ReparseTag.DEDUP, null, Octets.ofHex("01")));

    copy(TreeOptions.builder().links(how));

    assertThat(files.get("to\\stored")).containsExactly(7, 8);
    assertThat(links.get("to\\stored")).isNull();
  }

  @Test
  void whatLinksLeadToIsCopiedIfToldSo() {
    directories.tellIds();
    files.put("else\\in\\c", new byte[] {9});
    files.put("from\\toFile", new byte[] {1, 2, 3});
    directories.follow("from\\junction", "else");
    files.put("from\\junction\\in\\c", new byte[] {9}); // as the server follows the link

    copy(TreeOptions.builder().links(Links.FOLLOW));

    assertThat(files.get("to\\toFile")).containsExactly(1, 2, 3);
    assertThat(files.get("to\\junction\\in\\c")).containsExactly(9);
    assertThat(links.created()).isEmpty();
    assertThat(events.failed).containsOnlyKeys("foreign", "sub\\toDirectory");
    assertReason(Reason.LINK, "foreign");
  }

  @Test
  void aLinkThatLeadsBackIsLeftOut() {
    directories.tellIds();
    directories.follow("from\\sub\\toDirectory", "from");
    directories.follow("from\\junction", "from\\sub");

    copy(TreeOptions.builder().links(Links.FOLLOW));

    assertThat(events.skipped)
        .containsEntry("sub\\toDirectory", "it leads back to a directory that it is in");
    assertThat(directories.made()).contains("to\\sub", "to\\junction");
    assertThat(directories.made()).noneMatch(name -> name.length() > "to\\junction".length());
  }

  @Test
  void aDirectoryIsNotFollowedWhereALoopCouldNotBeKnown() {
    directories.follow("from\\junction", "from\\sub");

    copy(TreeOptions.builder().links(Links.FOLLOW));

    assertThat(events.skipped).containsKey("junction");
    assertThat(directories.made()).containsExactlyInAnyOrder("to", "to\\sub");
  }

  /** As Samba tells of links that it follows itself. */
  @Test
  void aDirectoryThatIsInItselfIsLeftOutThoughItIsNoLink() {
    directories.tellIds();
    files.put("from\\sub\\again\\b", new byte[] {4});
    directories.follow("from\\sub\\again", "from\\sub");
    directories.sameId("from\\sub\\again", "from\\sub");

    TreeProgress result = copy(TreeOptions.builder());

    assertThat(events.skipped)
        .containsExactly(
            java.util.Map.entry("sub\\again", "it leads back to a directory that it is in"));
    assertThat(result.files()).isEqualTo(6);
  }

  private void assertReason(Reason reason, String path) {
    assertThat(events.failed.get(path))
        .isInstanceOfSatisfying(
            SmbCopyException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
