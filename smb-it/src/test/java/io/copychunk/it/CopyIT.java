package io.copychunk.it;

import static io.copychunk.it.CopyClient.assertCopyFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyProgress;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.Fallback;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.Verify;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.it.fixture.EncryptingSamba;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy engine on a real server: whole files, between shares, sessions and servers. */
@RunsAgainstSamba
class CopyIT {
  private static final int MIB = 1 << 20;

  private final SambaServer server;
  private final Scratch scratch;
  private final EncryptingSamba encrypting;
  private CopyClient copies;

  CopyIT(SambaServer server, Scratch scratch, EncryptingSamba encrypting) {
    this.server = server;
    this.scratch = scratch;
    this.encrypting = encrypting;
  }

  @BeforeEach
  void connect() throws IOException {
    copies = new CopyClient(server, scratch);
  }

  @AfterEach
  void disconnect() {
    copies.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 4096, MIB - 1, MIB, MIB + 1, 16 * MIB - 1, 16 * MIB, 16 * MIB + 1, 40 * MIB})
  void copiesFilesOfAllSizes(int size) throws IOException {
    copies.write("a.bin", size);

    CopyResult result = copies.copy("a.bin", "b.bin", CopyOptions.defaults());

    assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
    assertThat(result.size()).isEqualTo(size);
    assertThat(result.bytes())
        .isEqualTo(size == 0 ? Map.of() : Map.of(CopyMethod.COPYCHUNK, (long) size));
    assertThat(result.isServerSide()).isTrue();
    copies.assertNothingLeft();
  }

  @Test
  void copiesFromShareToShareOfOneSession() throws IOException {
    copies.write("a.bin", 3 * MIB);
    scratch.onDisk("other", "b.bin");
    SmbShare other = copies.session.share(server.share("other"));

    CopyResult result = copies.engine.copy(
        copies.at("a.bin"), FileLocation.of(other, scratch.path("b.bin")), CopyOptions.defaults());

    assertThat(result.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    assertThat(scratch.read("other", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
  }

  @Test
  void streamsBetweenTwoSessions() throws IOException {
    copies.write("a.bin", 5 * MIB + 7);
    try (SmbSession second = server.login(copies.client);
        SmbShare there = second.share(server.share("work"))) {
      FileLocation target = FileLocation.of(there, scratch.path("b.bin"));

      CopyResult result = copies.engine.copy(copies.at("a.bin"), target, CopyOptions.defaults());

      assertThat(result.bytes()).containsOnlyKeys(CopyMethod.STREAM);
      assertThat(result.fallbacks()).extracting(Fallback::to).containsOnly(CopyMethod.STREAM);
      assertThat(result.fallbacks().get(0).reason()).contains("session");
      assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));

      CopyOptions serverSide = CopyOptions.builder().serverSideOnly().build();
      assertCopyFails(
          Reason.NO_METHOD, () -> copies.engine.copy(copies.at("a.bin"), target, serverSide));
      copies.assertNothingLeft();
    }
  }

  @Test
  void streamsBetweenTwoServers() throws IOException {
    byte[] content = copies.write("a.bin", 5 * MIB + 7);
    SambaServer other = encrypting.get();
    try (Scratch there = new Scratch(other);
        SmbSession elsewhere = other.login(copies.client);
        SmbShare share = elsewhere.share(other.share("work"))) {
      there.onDisk("work", "");

      CopyResult result = copies.engine.copy(
          copies.at("a.bin"),
          FileLocation.of(share, there.path("b.bin")),
          CopyOptions.builder().verify(Verify.FULL).build());

      assertThat(result.bytes()).containsOnlyKeys(CopyMethod.STREAM);
      assertThat(elsewhere.security().encryption()).isNotNull();
      assertThat(Arrays.equals(there.read("work", "b.bin"), content)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CopyMethod.class,
      names = {"COPYCHUNK", "STREAM"})
  void usesTheMethodThatWasAskedFor(CopyMethod method) throws IOException {
    copies.write("a.bin", 20 * MIB + 5);
    CopyOptions options =
        CopyOptions.builder().methods(method).verify(Verify.NONE).build();

    CopyResult result = copies.copy("a.bin", "b.bin", options);

    assertThat(result.bytes()).containsOnlyKeys(method);
    assertThat(result.fallbacks()).isEmpty();
    assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
  }

  @Test
  void tellsWhyBetterMethodsWereNotUsedAndDoesNotTryThemAgain() throws IOException {
    copies.write("a.bin", 8192);

    CopyResult first = copies.copy("a.bin", "b.bin", CopyOptions.defaults());
    CopyResult second = copies.copy("a.bin", "c.bin", CopyOptions.defaults());

    assertThat(first.fallbacks())
        .extracting(Fallback::from)
        .containsExactly(CopyMethod.CLONE, CopyMethod.OFFLOAD);
    assertThat(first.fallbacks().get(0).to()).isEqualTo(CopyMethod.OFFLOAD);
    assertThat(first.fallbacks().get(1).reason()).contains("INVALID_DEVICE_REQUEST");
    assertThat(second.fallbacks()).extracting(Fallback::to).containsOnly(CopyMethod.COPYCHUNK);
  }

  @Test
  void replacesATargetWhenTheCopyIsComplete() throws IOException {
    copies.write("a.bin", 3 * MIB);
    scratch.write("work", "b.bin", Scratch.content(9, 5 * MIB));

    copies.copy("a.bin", "b.bin", CopyOptions.defaults());

    assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
    copies.assertNothingLeft();
  }

  @Test
  void writesInPlaceWhenAskedTo() throws IOException {
    copies.write("a.bin", 3 * MIB + 1);
    scratch.write("work", "b.bin", Scratch.content(9, 7 * MIB));
    Object before = Files.getAttribute(scratch.onDisk("work", "b.bin"), "unix:ino");

    copies.copy("a.bin", "b.bin", CopyOptions.builder().inPlace(true).build());

    assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
    assertThat(Files.getAttribute(scratch.onDisk("work", "b.bin"), "unix:ino")).isEqualTo(before);
  }

  @Test
  void comparesTheContentWhenAskedTo() throws IOException {
    copies.write("a.bin", 3 * MIB + 17);

    CopyResult result =
        copies.copy("a.bin", "b.bin", CopyOptions.builder().verify(Verify.FULL).build());

    assertThat(result.sha256()).isEqualTo(sha256(scratch.read("work", "a.bin")));
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    copies.write("a.bin", 40 * MIB);
    var events = new ConcurrentLinkedQueue<CopyProgress>();

    copies.copy("a.bin", "b.bin", CopyOptions.builder().progress(events::add).build());

    assertThat(events).hasSizeBetween(1, 3); // a slow listener is told the latest alone
    assertThat(events).extracting(event -> event.bytes()).isSorted().endsWith(40L * MIB);
    assertThat(events).allMatch(event -> event.size() == 40L * MIB);
    assertThat(events).allMatch(event -> event.method() == CopyMethod.COPYCHUNK);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
