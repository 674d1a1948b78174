package io.copychunk.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.wire.Command;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class Smb2RequestTest {
  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"LOGOFF", "TREE_DISCONNECT", "CANCEL", "ECHO"})
  void theCommandDecides(Command command) {
    WireReader in = WireReader.of(new byte[] {4, 0, 0, 0});
    assertThat(Smb2Request.read(command, in).command()).isEqualTo(command);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsReadFromNothing(Command command) {
    WireReader in = WireReader.of(new byte[0]);
    assertThatThrownBy(() -> Smb2Request.read(command, in))
        .isInstanceOf(MalformedMessageException.class);
  }
}
