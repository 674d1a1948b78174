package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.CopyRange;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbFile;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.wire.AccessMask;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges from one open file to another, or within one, on a real server. */
@RunsAgainstSamba
class CopyRangesIT {
  private static final int MIB = 1 << 20;

  private final SambaServer server;
  private final Scratch scratch;
  private CopyClient copies;

  CopyRangesIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
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
      longs = {1, 4095, 70_000, MIB, 3 * MIB, 5 * MIB + 1, -1, -70_000, -MIB, -3 * MIB - 1})
  void copiesRangesThatOverlapWithinAFile(long shift) throws IOException {
    byte[] content = copies.write("a.bin", 12 * MIB);
    long from = shift > 0 ? 10 : 10 - shift;
    int length = 6 * MIB;
    OpenOptions options =
        OpenOptions.write().withFurtherAccess(AccessMask.READ_DATA).withOnDiskId();
    try (SmbFile source =
            copies.work.open(scratch.path("a.bin"), OpenOptions.read().withOnDiskId());
        SmbFile target = copies.work.open(scratch.path("a.bin"), options)) {
      CopyResult result = copies
          .engine
          .copyRanges(
              source.async(),
              target.async(),
              List.of(new CopyRange(from, from + shift, length), CopyRange.at(0, 100)),
              CopyOptions.defaults())
          .result()
          .join();

      assertThat(result.isServerSide()).isEqualTo(Math.abs(shift) >= MIB);
    }
    System.arraycopy(content, (int) from, content, (int) (from + shift), length);
    assertThat(Arrays.equals(scratch.read("work", "a.bin"), content)).isTrue();
  }

  @Test
  void copiesRangesFromFileToFile() throws IOException {
    byte[] source = copies.write("a.bin", 5 * MIB);
    byte[] target = Scratch.content(77, 2 * MIB);
    scratch.write("work", "b.bin", target);
    try (SmbFile from = copies.work.open(scratch.path("a.bin"), OpenOptions.read());
        SmbFile to = copies.work.open(scratch.path("b.bin"), OpenOptions.write())) {
      copies
          .engine
          .copyRanges(
              from.async(),
              to.async(),
              List.of(new CopyRange(MIB, 5, MIB), new CopyRange(0, 3L * MIB, 2L * MIB)),
              CopyOptions.builder().serverSideOnly().build())
          .result()
          .join();
    }
    byte[] expected = Arrays.copyOf(target, 5 * MIB);
    System.arraycopy(source, MIB, expected, 5, MIB);
    System.arraycopy(source, 0, expected, 3 * MIB, 2 * MIB);
    assertThat(scratch.read("work", "b.bin")).isEqualTo(expected);
  }
}
