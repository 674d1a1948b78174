package io.copychunk.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.wire.AccessMask;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.SecurityMode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sets of flags, and the enumerations of codes. */
class FlagSetsTest {
  static Stream<Object> lowestTwoBits() {
    return Stream.of(
        SecurityMode.SIGNING_ENABLED.with(SecurityMode.SIGNING_REQUIRED),
        SessionFlags.IS_GUEST.with(SessionFlags.IS_NULL),
        ShareAccess.READ.with(ShareAccess.WRITE));
  }

  @ParameterizedTest
  @MethodSource("lowestTwoBits")
  void bitsPrintInHexadecimal(Object flags) {
    assertThat(flags).hasToString("0x3");
  }

  @Test
  void aSetHasAllBitsOrNot() {
    Capabilities both = Capabilities.LARGE_MTU.with(Capabilities.DFS);
    assertThat(both.has(Capabilities.DFS)).isTrue();
    assertThat(both.has(both)).isTrue();
    assertThat(Capabilities.DFS.has(both)).isFalse();
    assertThat(Capabilities.NONE.has(Capabilities.DFS)).isFalse();
    assertThat(both.has(Capabilities.NONE)).isTrue();
  }

  @Test
  void theHighestBitIsABitLikeOthers() {
    assertThat(AccessMask.GENERIC_READ.with(AccessMask.DELETE)).hasToString("0x80010000");
    assertThat(AccessMask.GENERIC_READ.has(AccessMask.GENERIC_READ)).isTrue();
  }

  @Test
  void sharingEverythingIsTheSumOfItsParts() {
    assertThat(ShareAccess.READ.with(ShareAccess.WRITE).with(ShareAccess.DELETE))
        .isEqualTo(ShareAccess.ALL);
  }

  @ParameterizedTest
  @EnumSource
  void dispositions(CreateDisposition disposition) {
    assertThat(CreateDisposition.of(disposition.code())).isSameAs(disposition);
  }

  @ParameterizedTest
  @EnumSource
  void impersonationLevels(ImpersonationLevel level) {
    assertThat(ImpersonationLevel.of(level.code())).isSameAs(level);
  }

  @ParameterizedTest
  @EnumSource
  void shareTypes(ShareType type) {
    assertThat(ShareType.of(type.code())).isSameAs(type);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 6, 0xFFFFFFFFL})
  void otherCodesAreRefused(long code) {
    assertThatThrownBy(() -> CreateDisposition.of(code))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("CreateDisposition: " + code + " (expected: 0..5)");
    assertThatThrownBy(() -> ImpersonationLevel.of(code))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> ShareType.of(code)).isInstanceOf(MalformedMessageException.class);
  }
}
