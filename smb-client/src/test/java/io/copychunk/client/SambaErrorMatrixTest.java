package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.Command;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user is told when a server answers as Samba does, from the vectors of smb-core. */
@Timeout(20)
class SambaErrorMatrixTest {
  private static final String FILE = "/vectors/samba-error-matrix.json";
  private static final Pattern MAX_OUTPUT =
      Pattern.compile("(?i)(?:MaxOutputResponse|maxout)[= ](\\d+)");
  private static final int OTHER_CONTROL_CODE = 0x0009_0000;
  private static final int KEY_SIZE = 24;

  private final Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  /**
   * One request and what came of it.
   *
   * @param name what was asked, in words
   * @param status the status; meaningless without an answer
   * @param structureSize of the body, 0 without an answer
   * @param output the output of an IOCTL response; what was not kept is zeros here
   */
  record Case(String name, NtStatus status, int structureSize, Octets output) {
    boolean isAbout(String operation) {
      return name.startsWith(operation) || name.startsWith("compound") && name.contains(operation);
    }

    boolean isKey() {
      return isAbout("RK");
    }

    int maxOutput() {
      Matcher matcher = MAX_OUTPUT.matcher(name);
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : isKey() ? 32 : 4096;
    }

    int controlCode() {
      if (name.startsWith("CC_WRITE")) {
        return FsctlCode.SRV_COPYCHUNK_WRITE;
      }
      return isAbout("CC") ? FsctlCode.SRV_COPYCHUNK : OTHER_CONTROL_CODE;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> results() {
    return cases().filter(given -> given.structureSize == 49 && given.status.isSuccess());
  }

  static Stream<Case> failuresWithOutput() {
    return cases().filter(given -> given.structureSize == 49 && !given.status.isSuccess());
  }

  static Stream<Case> refusals() {
    return cases().filter(given -> given.structureSize == 9);
  }

  static Stream<Case> unanswered() {
    return cases().filter(given -> given.structureSize == 0);
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(cases()).hasSize(126);
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
  void aSuccessIsAResult(Case given) throws SmbException {
    AsyncSmbFile file = flow.file();
    if (given.isKey()) {
      CompletableFuture<ResumeKey> key = file.requestResumeKey(given.maxOutput());
      answerWithOutput(given);

      assertThat(Flow.result(key).bytes())
          .isEqualTo(Arrays.copyOf(given.output.toByteArray(), KEY_SIZE));
    } else {
      CompletableFuture<IoctlResult> result = ioctl(file, given);
      answerWithOutput(given);

      assertThat(Flow.result(result)).isEqualTo(new IoctlResult(NtStatus.SUCCESS, given.output));
    }
  }

  @ParameterizedTest
  @MethodSource("failuresWithOutput")
  void theNumbersOfAFailedCopyComeWithTheFailure(Case given) {
    CompletableFuture<IoctlResult> result = ioctl(flow.file(), given);
    answerWithOutput(given);

    assertThat(Flow.failure(result))
        .isExactlyInstanceOf(SmbStatusException.class)
        .isInstanceOfSatisfying(SmbStatusException.class, e -> {
          assertThat(e.status()).isEqualTo(given.status);
          assertThat(e.output()).isEqualTo(given.output);
          assertThat(e.output().size()).isEqualTo(12);
        });
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalIsToldByItsMeaning(Case given) {
    AsyncSmbFile file = flow.file();
    CompletableFuture<?> call =
        given.isKey() ? file.requestResumeKey(given.maxOutput()) : ioctl(file, given);
    flow.peer.expect(IoctlRequest.class).refusal(given.status).send();

    Throwable failure = Flow.failure(call);
    assertThat(failure).isExactlyInstanceOf(told(given)).hasMessageContaining(given.status.name());
    if (failure instanceof SmbStatusException e) {
      assertThat(e.status()).isEqualTo(given.status);
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
  void aServerThatFallsOverEndsTheConnection(Case given) {
    CompletableFuture<IoctlResult> result = ioctl(flow.file(), given);
    flow.peer.expect(IoctlRequest.class);
    flow.peer.cut();

    assertThat(Flow.failure(result)).isInstanceOf(SmbTransportException.class);
  }

  @Test
  void aKeyThatWasAskedForInTheMiddleOfACompoundIsAskedForAgain() {
    Case middle = named("compound related CREATE+RK+CLOSE: RK element");
    CompletableFuture<KeyedOpen> opening = flow.share().openWithResumeKey("a.bin");
    flow.peer.sendTogether(
        flow.peer.expect(CreateRequest.class).answer(Responses.opened(Flow.FILE_ID)),
        flow.peer.expect(IoctlRequest.class).refusal(middle.status));
    answerWithOutput(named("RK MaxOutputResponse=32"));

    assertThat(Flow.result(opening).roundTrips()).isEqualTo(2);
  }

  @Test
  void aKeyThatWasAskedForLastInACompoundComesInAFrameOfItsOwnAndUnrelated() {
    Case last = named("compound related CREATE+RK (RK last)");
    CompletableFuture<KeyedOpen> opening = flow.share().openWithResumeKey("a.bin");
    flow.peer.expect(CreateRequest.class).answer(Responses.opened(Flow.FILE_ID)).send();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, last.output))
        .status(last.status)
        .header(header -> header.withFlags(HeaderFlags.SERVER_TO_REDIR))
        .send();

    assertThat(Flow.result(opening).roundTrips()).isEqualTo(1);
  }

  /**
   * What an error response means. INVALID_PARAMETER for a key comes twice, for requests that this
   * client never makes: about its own, it says that the server has no keys.
   */
  private static Class<? extends SmbException> told(Case given) {
    if (given.status.equals(NtStatus.BUFFER_TOO_SMALL)) {
      return SmbBufferTooSmallException.class;
    }
    if (given.status.equals(NtStatus.NOT_SUPPORTED)
        || given.status.equals(NtStatus.INVALID_DEVICE_REQUEST)
        || (given.status.equals(NtStatus.INVALID_PARAMETER) && given.isKey())) {
      return SmbNotSupportedException.class;
    }
    return given.status.equals(NtStatus.USER_SESSION_DELETED)
        ? SmbSessionExpiredException.class
        : SmbStatusException.class;
  }

  private static CompletableFuture<IoctlResult> ioctl(AsyncSmbFile file, Case given) {
    return file.ioctl(given.controlCode(), ByteBuffer.allocate(0), given.maxOutput());
  }

  private void answerWithOutput(Case given) {
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    assertThat(request.body().maxOutputResponse()).isEqualTo(given.maxOutput());
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, given.output))
        .status(given.status)
        .send();
  }

  private static Case named(String name) {
    return cases().collect(Collectors.toMap(Case::name, Function.identity())).get(name);
  }

  private static Stream<Case> cases() {
    try (InputStream in = SambaErrorMatrixTest.class.getResourceAsStream(FILE)) {
      JsonElement list = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
          .map(JsonElement::getAsJsonObject)
          .map(SambaErrorMatrixTest::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case read(JsonObject json) {
    String name = json.get("case").getAsString();
    if (json.get("status").isJsonNull()) {
      return new Case(name, NtStatus.SUCCESS, 0, Octets.EMPTY);
    }
    NtStatus status = NtStatus.of(Long.decode(json.get("status").getAsString()).intValue());
    int structureSize = json.get("structure").getAsInt();
    Octets output = structureSize == 9 ? Octets.EMPTY : output(json);
    return new Case(name, status, structureSize, output);
  }

  private static Octets output(JsonObject json) {
    int size = json.get("outcount").getAsInt();
    if (json.get("body").isJsonNull()) {
      return Octets.copyOf(new byte[size]);
    }
    String body = json.get("body").getAsString();
    if (!body.contains("/")) {
      return Octets.ofHex(body);
    }
    ByteBuffer numbers = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    Stream.of(body.split("/")).map(Integer::valueOf).forEach(numbers::putInt);
    return Octets.copyOf(numbers.flip());
  }
}
