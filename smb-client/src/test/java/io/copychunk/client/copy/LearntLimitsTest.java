package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.CopyChunkLimits;
import io.copychunk.client.error.SmbCopyException;
import org.junit.jupiter.api.Test;

class LearntLimitsTest {
  private final LearntLimits limits = new LearntLimits();

  @Test
  void beginsWithWhatEveryServerAllows() {
    assertThat(limits.current()).isEqualTo(new CopyChunkLimits(256, 1 << 20, 16 << 20));
  }

  @Test
  void takesOverWhatIsLowerAndNothingThatIsHigher() throws SmbCopyException {
    limits.adopt(new CopyChunkLimits(16, 0x7FFF_FFFFL, 1 << 20), CopyChunkLimits.WINDOWS);

    assertThat(limits.current()).isEqualTo(new CopyChunkLimits(16, 1 << 20, 1 << 20));
  }

  @Test
  void anAnswerToARequestMadeForOtherLimitsChangesNothing() throws SmbCopyException {
    CopyChunkLimits first = new CopyChunkLimits(16, 65_536, 1 << 20);
    limits.adopt(first, CopyChunkLimits.WINDOWS);

    limits.adopt(first, CopyChunkLimits.WINDOWS);
    limits.adopt(new CopyChunkLimits(1, 8192, 8192), CopyChunkLimits.WINDOWS);

    assertThat(limits.current()).isEqualTo(first);
  }

  @Test
  void eachIsLoweredOnce() throws SmbCopyException {
    limits.adopt(new CopyChunkLimits(16, 1 << 20, 16 << 20), CopyChunkLimits.WINDOWS);
    CopyChunkLimits second = new CopyChunkLimits(16, 65_536, 16 << 20);
    limits.adopt(second, limits.current());
    assertThat(limits.current()).isEqualTo(second);

    assertRefused(new CopyChunkLimits(8, 65_536, 16 << 20));
    assertRefused(new CopyChunkLimits(16, 32_768, 16 << 20));
  }

  @Test
  void whatIsTooLowOrNoLowerIsRefused() {
    assertRefused(new CopyChunkLimits(1, 1, 1));
    assertRefused(new CopyChunkLimits(1, 4095, 8192));
    assertRefused(CopyChunkLimits.WINDOWS);
  }

  private void assertRefused(CopyChunkLimits told) {
    CopyChunkLimits before = limits.current();
    assertThatThrownBy(() -> limits.adopt(told, before))
        .isInstanceOfSatisfying(
            SmbCopyException.class,
            failure -> assertThat(failure.reason()).isEqualTo(SmbCopyException.Reason.LIMITS));
    assertThat(limits.current()).isEqualTo(before);
  }
}
