package io.copychunk.it.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;

class VersionsTest {
  @Test
  void theNameOfAJarTellsItsVersion() {
    String classPath = String.join(
        File.pathSeparator,
        "/a/classes",
        "/a/jcifs-ext-9.jar",
        "/b/jcifs-3.0.2.jar",
        "/b/smbj-0.14.0.jar");

    assertThat(Versions.ofJar("jcifs", classPath)).isEqualTo("3.0.2");
    assertThat(Versions.ofJar("smbj", classPath)).isEqualTo("0.14.0");
    assertThat(Versions.ofJar("none", classPath)).isEqualTo("unknown");
  }

  @Test
  void theClientsOfThisBuildHaveVersions() {
    assertThat(Versions.ofPeers()).containsPattern("smbj \\d").containsPattern("jcifs \\d");
  }
}
