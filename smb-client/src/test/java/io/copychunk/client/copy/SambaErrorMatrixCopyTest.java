package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.testing.MatrixCase;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedControls;
import io.copychunk.wire.NtStatus;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every failure of the matrix, given to a copy whenever it asks for what the case is about. It ends in an
 * equal target, or in a typed failure with the old target untouched and nothing else left.
 */
@Timeout(60)
class SambaErrorMatrixCopyTest {
  private static final byte[] OLD = {1, 2, 3};
  private static final int SIZE = 3 << 20;

  /** Those of a body without counters that mean "cannot": another method takes over. */
  private static final Set<NtStatus> CANNOT = Set.of(
      NtStatus.NOT_SUPPORTED,
      NtStatus.INVALID_PARAMETER,
      NtStatus.INVALID_DEVICE_REQUEST,
      NtStatus.INTERNAL_ERROR);

  static Stream<MatrixCase> failures() {
    return MatrixCase.all()
        .filter(each -> each.structureSize() != 0)
        .filter(each -> each.isAbout("CC") || each.isKey())
        .filter(each -> !each.status().isSuccess());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void endsWellOrHarmsNothing(MatrixCase given) {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    try (CopyFlow flow = new CopyFlow()) {
      flow.files.put("a", content);
      flow.files.put("b", OLD);
      flow.files.hook(request -> fail(request, given));
      if (goesOn(given)) {
        CopyResult result = flow.copy("a", "b", CopyOptions.defaults());

        assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.STREAM, (long) SIZE));
        assertThat(result.fallbacks())
            .anyMatch(fallback -> fallback.reason().contains(given.status().toString()));
        assertThat(flow.files.get("b")).isEqualTo(content);
      } else {
        Throwable failure = flow.failure("a", "b", CopyOptions.defaults());

        assertThat(failure).isInstanceOf(SmbException.class).satisfies(e -> check(e, given));
        assertThat(flow.files.get("b")).isEqualTo(OLD);
      }
      assertThat(flow.files.names()).isEqualTo(List.of("a", "b"));
    }
  }

  private static boolean goesOn(MatrixCase given) {
    return given.structureSize() == ErrorResponse.STRUCTURE_SIZE
        && CANNOT.contains(given.status())
        && (given.isKey() || !given.status().equals(NtStatus.INTERNAL_ERROR));
  }

  private static void check(Throwable failure, MatrixCase given) {
    if (given.isAbout("CC") && given.status().equals(NtStatus.OBJECT_NAME_NOT_FOUND)) {
      assertThat(((SmbCopyException) failure).reason())
          .isEqualTo(SmbCopyException.Reason.STALE_KEY);
    } else if (given.status().equals(NtStatus.USER_SESSION_DELETED)) {
      assertThat(failure).isInstanceOf(SmbSessionExpiredException.class);
    } else if (given.status().equals(NtStatus.BUFFER_TOO_SMALL)) {
      assertThat(failure).isInstanceOf(SmbBufferTooSmallException.class);
    } else {
      assertThat(((SmbStatusException) failure).status()).isEqualTo(given.status());
    }
  }

  private static boolean fail(Received<?> request, MatrixCase given) {
    if (!(request.body() instanceof IoctlRequest ioctl)) {
      return false;
    }
    Class<?> about = given.isAbout("CC") ? SrvCopyChunkCopy.class : SrvRequestResumeKey.class;
    if (!about.isInstance(ScriptedControls.control(ioctl))) {
      return false;
    }
    if (given.structureSize() == ErrorResponse.STRUCTURE_SIZE) {
      request.refusal(given.status()).send();
    } else {
      request
          .answer(Responses.output(ioctl, ioctl.fileId(), given.output()))
          .status(given.status())
          .send();
    }
    return true;
  }
}
