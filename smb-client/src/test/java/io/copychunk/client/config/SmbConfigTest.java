package io.copychunk.client.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SecurityPolicy.Signing;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.wire.Dialect;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class SmbConfigTest {
  @Test
  void theDefaultsAreSafe() {
    SmbConfig config = SmbConfig.defaults();

    assertThat(config.security().signingRequired()).isTrue();
    assertThat(config.security().guestAllowed()).isFalse();
    assertThat(config.security().dialects())
        .containsExactly(Dialect.SMB_2_1, Dialect.SMB_3_0, Dialect.SMB_3_0_2, Dialect.SMB_3_1_1);
    assertThat(config.transport().requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.transport().frameTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.credits().target()).isEqualTo(8192);
  }

  @Test
  void toBuilderKeepsEveryValue() {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Executor executor = Runnable::run;
    WireListener listener = (sent, header, size) -> {};
    SmbConfig config = SmbConfig.builder()
        .transport(transport -> transport
            .connectTimeout(Duration.ofMillis(1))
            .requestTimeout(Duration.ofMillis(2))
            .frameTimeout(Duration.ofMillis(3))
            .maxFrameSize(70_000)
            .maxConnections(7)
            .ioEngine(IoEngine.NIO)
            .eventLoopGroup(group)
            .callbackExecutor(executor)
            .wireListener(listener))
        .security(security -> security
            .minDialect(Dialect.SMB_3_0)
            .maxDialect(Dialect.SMB_3_0_2)
            .signingAlgorithms(List.of(SigningAlgorithm.AES_CMAC))
            .signing(Signing.IF_OFFERED)
            .guestAllowed(true))
        .credits(credits -> credits.target(7).maxQueued(8))
        .diagnostics(
            diagnostics -> diagnostics.pcapFile(Path.of("a.pcapng")).keyLogFile(Path.of("b.keys")))
        .build();
    SmbConfig copy = config.toBuilder().build();
    group.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS);

    assertThat(copy).isNotSameAs(config).usingRecursiveComparison().isEqualTo(config);
    assertThat(copy.transport().eventLoopGroup()).isSameAs(group);
    assertThat(copy.transport().callbackExecutor()).isSameAs(executor);
    assertThat(copy.transport().wireListener()).isSameAs(listener);
    assertThat(copy.security().dialects()).containsExactly(Dialect.SMB_3_0, Dialect.SMB_3_0_2);
  }

  @Test
  void isShownInALine() {
    assertThat(SmbConfig.defaults())
        .hasToString("SmbConfig[transport[connect PT15S, request PT30S, frame PT10S,"
            + " frames <= 16777215 bytes, connections <= 4, AUTO], SecurityPolicy[2.1..3.1.1, signing REQUIRED"
            + " [AES-GMAC, AES-CMAC, HMAC-SHA256], encryption IF_OFFERED"
            + " [AES-128-GCM, AES-128-CCM, AES-256-GCM, AES-256-CCM]],"
            + " credits[target 8192, queued <= 65536], diagnostics[pcap null, keylog null]]");
  }

  @Test
  void changingACopyDoesNotChangeTheOriginal() {
    SmbConfig config = SmbConfig.builder().build();
    SmbConfig changed = config.toBuilder().credits(credits -> credits.target(1)).build();

    assertThat(config.credits().target()).isEqualTo(8192);
    assertThat(changed.credits().target()).isEqualTo(1);
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        transport("connectTimeout: PT0S", t -> t.connectTimeout(Duration.ZERO)),
        transport("requestTimeout: PT-1S", t -> t.requestTimeout(Duration.ofSeconds(-1))),
        transport("frameTimeout: PT0.0009", t -> t.frameTimeout(Duration.ofNanos(900_000))),
        transport(
            "requestTimeout: PT2562047788015215H",
            t -> t.requestTimeout(Duration.ofSeconds(Long.MAX_VALUE))),
        transport("maxFrameSize: 67583 (expected: 67584..16777215)", t -> t.maxFrameSize(67_583)),
        transport("maxFrameSize: 16777216", t -> t.maxFrameSize(0x0100_0000)),
        transport("maxConnections: 0 (expected: 1..32)", t -> t.maxConnections(0)),
        transport("maxConnections: 33", t -> t.maxConnections(33)),
        security(
            "minDialect: 3.1.1 (expected: <= maxDialect 3.0)",
            s -> s.minDialect(Dialect.SMB_3_1_1).maxDialect(Dialect.SMB_3_0)),
        security("signingAlgorithms: []", s -> s.signingAlgorithms(List.of())),
        security(
            "signingAlgorithms: [AES-CMAC, AES-CMAC]",
            s ->
                s.signingAlgorithms(List.of(SigningAlgorithm.AES_CMAC, SigningAlgorithm.AES_CMAC))),
        security(
            "guestAllowed: true (expected: false where signing is required",
            s -> s.guestAllowed(true)),
        security(
            "guestAllowed: true (expected: false where encryption is required",
            s -> s.guestAllowed(true).signing(Signing.IF_OFFERED).encryption(Encryption.REQUIRED)),
        Arguments.of(
            "maxQueued: 0 (expected: >= 1)",
            SmbConfig.builder().credits(credits -> credits.maxQueued(0))),
        credits("target: 0 (expected: 1..65535)", 0),
        credits("target: 65536", 65_536));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void valuesOutOfRangeAreNamed(String message, SmbConfig.Builder builder) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Arguments transport(
      String message, UnaryOperator<TransportConfig.Builder> change) {
    return Arguments.of(message, SmbConfig.builder().transport(change));
  }

  private static Arguments security(String message, UnaryOperator<SecurityPolicy.Builder> change) {
    return Arguments.of(message, SmbConfig.builder().security(change));
  }

  private static Arguments credits(String message, int target) {
    return Arguments.of(message, SmbConfig.builder().credits(credits -> credits.target(target)));
  }
}
