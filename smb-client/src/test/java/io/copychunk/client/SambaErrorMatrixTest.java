package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.testing.MatrixCase;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.Command;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user is told when a server answers as Samba does, from the vectors of smb-core. */
@Timeout(20)
class SambaErrorMatrixTest {
  private static final int KEY_SIZE = 24;

  private final Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  static Stream<MatrixCase> results() {
    return MatrixCase.all()
        .filter(given -> given.structureSize() == 49 && given.status().isSuccess());
  }

  static Stream<MatrixCase> failuresWithOutput() {
    return MatrixCase.all()
        .filter(given -> given.structureSize() == 49 && !given.status().isSuccess());
  }

  static Stream<MatrixCase> refusals() {
    return MatrixCase.all().filter(given -> given.structureSize() == 9);
  }

  static Stream<MatrixCase> unanswered() {
    return MatrixCase.all().filter(given -> given.structureSize() == 0);
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(MatrixCase.all()).hasSize(126);
    assertThat(results()).hasSize(48);
    assertThat(failuresWithOutput()).hasSize(33);
    assertThat(refusals()).hasSize(44);
    assertThat(unanswered()).hasSize(1);
    Map<Class<?>, Long> told = refusals()
        .collect(Collectors.groupingBy(SambaErrorMatrixTest::told, Collectors.counting()));
    assertThat(told)
        .containsOnly(
            Map.entry(SmbBufferTooSmallException.class, 9L),
            Map.entry(SmbNotSupportedException.class, 14L),
            Map.entry(SmbSessionExpiredException.class, 1L),
            Map.entry(SmbStatusException.class, 20L));
  }

  @ParameterizedTest
  @MethodSource("results")
  void aSuccessIsAResult(MatrixCase given) throws SmbException {
    AsyncSmbFile file = flow.file();
    if (given.isKey()) {
      CompletableFuture<ResumeKey> key = file.requestResumeKey(given.maxOutput());
      answerWithOutput(given);

      assertThat(Flow.result(key).bytes())
          .isEqualTo(Arrays.copyOf(given.output().toByteArray(), KEY_SIZE));
    } else {
      CompletableFuture<IoctlResult> result = ioctl(file, given);
      answerWithOutput(given);

      assertThat(Flow.result(result)).isEqualTo(new IoctlResult(NtStatus.SUCCESS, given.output()));
    }
  }

  @ParameterizedTest
  @MethodSource("failuresWithOutput")
  void theNumbersOfAFailedCopyComeWithTheFailure(MatrixCase given) {
    CompletableFuture<IoctlResult> result = ioctl(flow.file(), given);
    answerWithOutput(given);

    assertThat(Flow.failure(result))
        .isExactlyInstanceOf(SmbStatusException.class)
        .isInstanceOfSatisfying(SmbStatusException.class, e -> {
          assertThat(e.status()).isEqualTo(given.status());
          assertThat(e.output()).isEqualTo(given.output());
          assertThat(e.output().size()).isEqualTo(12);
        });
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalIsToldByItsMeaning(MatrixCase given) {
    AsyncSmbFile file = flow.file();
    CompletableFuture<?> call =
        given.isKey() ? file.requestResumeKey(given.maxOutput()) : ioctl(file, given);
    flow.peer.expect(IoctlRequest.class).refusal(given.status()).send();

    Throwable failure = Flow.failure(call);
    assertThat(failure)
        .isExactlyInstanceOf(told(given))
        .hasMessageContaining(given.status().name());
    if (failure instanceof SmbStatusException e) {
      assertThat(e.status()).isEqualTo(given.status());
      assertThat(e.command()).isEqualTo(Command.IOCTL);
      assertThat(e.path()).isEqualTo(file.path());
      assertThat(e.output()).isEqualTo(Octets.EMPTY);
    }
    if (failure instanceof SmbBufferTooSmallException e) {
      assertThat(e.allowed()).isEqualTo(given.maxOutput());
    }
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("unanswered")
  void aServerThatFallsOverEndsTheConnection(MatrixCase given) {
    CompletableFuture<IoctlResult> result = ioctl(flow.file(), given);
    flow.peer.expect(IoctlRequest.class);
    flow.peer.cut();

    assertThat(Flow.failure(result)).isInstanceOf(SmbTransportException.class);
  }

  @Test
  void aKeyThatWasAskedForInTheMiddleOfACompoundIsAskedForAgain() {
    MatrixCase middle = named("compound related CREATE+RK+CLOSE: RK element");
    CompletableFuture<KeyedOpen> opening = flow.share().openWithResumeKey("a.bin");
    flow.peer.sendTogether(
        flow.peer.expect(CreateRequest.class).answer(Responses.opened(Flow.FILE_ID)),
        flow.peer.expect(IoctlRequest.class).refusal(middle.status()));
    answerWithOutput(named("RK MaxOutputResponse=32"));

    assertThat(Flow.result(opening).roundTrips()).isEqualTo(2);
  }

  @Test
  void aKeyThatWasAskedForLastInACompoundComesInAFrameOfItsOwnAndUnrelated() {
    MatrixCase last = named("compound related CREATE+RK (RK last)");
    CompletableFuture<KeyedOpen> opening = flow.share().openWithResumeKey("a.bin");
    flow.peer.expect(CreateRequest.class).answer(Responses.opened(Flow.FILE_ID)).send();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, last.output()))
        .status(last.status())
        .header(header -> header.withFlags(HeaderFlags.SERVER_TO_REDIR))
        .send();

    assertThat(Flow.result(opening).roundTrips()).isEqualTo(1);
  }

  /**
   * What an error response means. INVALID_PARAMETER for a key comes twice, for requests that this
   * client never makes: about its own, it says that the server has no keys.
   */
  private static Class<? extends SmbException> told(MatrixCase given) {
    if (given.status().equals(NtStatus.BUFFER_TOO_SMALL)) {
      return SmbBufferTooSmallException.class;
    }
    if (given.status().equals(NtStatus.NOT_SUPPORTED)
        || given.status().equals(NtStatus.INVALID_DEVICE_REQUEST)
        || (given.status().equals(NtStatus.INVALID_PARAMETER) && given.isKey())) {
      return SmbNotSupportedException.class;
    }
    return given.status().equals(NtStatus.USER_SESSION_DELETED)
        ? SmbSessionExpiredException.class
        : SmbStatusException.class;
  }

  private static CompletableFuture<IoctlResult> ioctl(AsyncSmbFile file, MatrixCase given) {
    return file.ioctl(given.controlCode(), ByteBuffer.allocate(0), given.maxOutput());
  }

  private void answerWithOutput(MatrixCase given) {
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    assertThat(request.body().maxOutputResponse()).isEqualTo(given.maxOutput());
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, given.output()))
        .status(given.status())
        .send();
  }

  private static MatrixCase named(String name) {
    return MatrixCase.all()
        .collect(Collectors.toMap(MatrixCase::name, Function.identity()))
        .get(name);
  }
}
