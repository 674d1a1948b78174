package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void numbersArePromised() {
    assertThat(ExitCode.meanings().keySet())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "130", "143");
  }

  @Test
  void allDone() {
    assertThat(ExitCode.of(3, List.of())).isEqualTo(ExitCode.DONE);
  }

  @Test
  void allFailedAlike() {
    assertThat(ExitCode.of(0, List.of(ExitCode.NOT_FOUND, ExitCode.NOT_FOUND)))
        .isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void allFailedInDifferentWays() {
    assertThat(ExitCode.of(0, List.of(ExitCode.NOT_FOUND, ExitCode.DENIED)))
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void anAttackIsNotDrowned() {
    assertThat(ExitCode.of(3, List.of(ExitCode.NOT_FOUND, ExitCode.NOT_GENUINE)))
        .isEqualTo(ExitCode.NOT_GENUINE);
  }

  @Test
  void someFailed() {
    assertThat(ExitCode.of(1, List.of(ExitCode.NOT_FOUND))).isEqualTo(ExitCode.FAILED);
  }
}
