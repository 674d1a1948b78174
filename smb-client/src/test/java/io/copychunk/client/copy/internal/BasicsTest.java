package io.copychunk.client.copy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import org.junit.jupiter.api.Test;

class BasicsTest {
  private static final FileAttributes ARCHIVE = FileAttributes.ARCHIVE;
  private static final FileAttributes HIDDEN_TOO = ARCHIVE.with(FileAttributes.HIDDEN);
  private static final Basics BOTH = new Basics(true, true);

  private static FileNetworkOpenInformation opened(FileAttributes attributes) {
    return new FileNetworkOpenInformation(1, 2, 3, 4, 8, 7, attributes);
  }

  private static FileBasicInformation set(FileAttributes attributes) {
    return new FileBasicInformation(1, 2, 3, 0, attributes);
  }

  @Test
  void attributesThatTheCopyHasAreNotSetOnceMore() {
    assertThat(BOTH.of(opened(ARCHIVE), opened(ARCHIVE))).isEqualTo(set(FileAttributes.NONE));
    assertThat(BOTH.of(opened(HIDDEN_TOO), opened(HIDDEN_TOO.with(FileAttributes.SPARSE_FILE))))
        .isEqualTo(set(FileAttributes.NONE));
    assertThat(new Basics(false, true).of(opened(ARCHIVE), opened(ARCHIVE))).isNull();
  }

  @Test
  void othersAre() {
    assertThat(BOTH.of(opened(HIDDEN_TOO), opened(ARCHIVE))).isEqualTo(set(HIDDEN_TOO));
    assertThat(BOTH.of(opened(ARCHIVE), opened(HIDDEN_TOO))).isEqualTo(set(ARCHIVE));
  }

  @Test
  void whatIsDoneToAFileSetsArchive() {
    assertThat(BOTH.of(opened(FileAttributes.NORMAL), opened(FileAttributes.NORMAL)))
        .isEqualTo(set(FileAttributes.NORMAL));
    assertThat(BOTH.of(opened(FileAttributes.HIDDEN), opened(FileAttributes.HIDDEN)))
        .isEqualTo(set(FileAttributes.HIDDEN));
  }

  @Test
  void whatIsNotAskedForIsNotSet() {
    assertThat(new Basics(false, false).of(opened(HIDDEN_TOO), opened(ARCHIVE))).isNull();
    assertThat(new Basics(true, false).of(opened(HIDDEN_TOO), opened(ARCHIVE)))
        .isEqualTo(set(FileAttributes.NONE));
  }
}
