package io.copychunk.client.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.copychunk.client.SmbClient;
import io.copychunk.client.config.IoEngine;
import io.copychunk.client.config.SmbConfig;
import io.netty.channel.uring.IoUring;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {
  @TempDir
  private Path directory;

  @Test
  void byDefaultNothingIsWritten() {
    Diagnostics diagnostics = Diagnostics.open(SmbConfig.defaults().diagnostics());

    assertThat(diagnostics.pcap()).isNull();
    assertThat(diagnostics.keyLog()).isNull();
  }

  @Test
  void bothFilesAreThereOnceTheClientIs() {
    Path pcap = directory.resolve("pcap");
    Path keys = directory.resolve("keys");
    SmbConfig config = SmbConfig.builder()
        .diagnostics(diagnostics -> diagnostics.pcapFile(pcap).keyLogFile(keys))
        .build();

    try (SmbClient client = SmbClient.create(config.toBuilder().build())) {
      assertThat(client.async()).isNotNull();
      assertThat(pcap).isNotEmptyFile();
      assertThat(keys).isEmptyFile();
    }
  }

  @Test
  void whenOneCanNotBeCreatedNoneIsLeftBehind() throws Exception {
    Path pcap = directory.resolve("pcap");
    Path keys = Files.writeString(directory.resolve("keys"), "mine");
    SmbConfig config = SmbConfig.builder()
        .diagnostics(diagnostics -> diagnostics.pcapFile(pcap).keyLogFile(keys))
        .build();

    assertThatThrownBy(() -> SmbClient.create(config))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(keys + " exists");
    assertThat(pcap).doesNotExist();
    assertThat(keys).hasContent("mine");
  }

  @Test
  void whenTheEngineIsNotThereNoFileIsLeftBehind() {
    assumeThat(IoUring.isAvailable()).isFalse();
    Path pcap = directory.resolve("pcap");
    SmbConfig config = SmbConfig.builder()
        .transport(transport -> transport.ioEngine(IoEngine.IO_URING))
        .diagnostics(diagnostics -> diagnostics.pcapFile(pcap))
        .build();

    assertThatThrownBy(() -> SmbClient.create(config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("io_uring is not available");
    assertThat(pcap).doesNotExist();
  }

  @Test
  void oneFileForBothIsRefused() {
    Path one = directory.resolve("one");

    assertThatThrownBy(() -> SmbConfig.builder()
            .diagnostics(diagnostics -> diagnostics.pcapFile(one).keyLogFile(one))
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("diagnostics: " + one + " twice (expected: a file each)");
  }
}
