package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.context.SymbolicLinkErrorResponse;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Section 7 of the attack list: names that forge, overwrite or turn around a line of a log. */
@Timeout(20)
class HostileNamesTest {
  private static final String HOSTILE = "x\r\nWARN forged \u001b[2K\u202E\u2066\uFFFE";
  private static final String UNPRINTABLE = "[\\p{Cntrl}\u202A-\u202E\u2066-\u2069\uFFFE]";

  private final Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  @Test
  void section7TheTargetOfALinkForgesNoMessage() {
    AsyncSmbShare share = flow.share();
    CompletableFuture<AsyncSmbFile> opening = share.open("link", OpenOptions.read());
    SymbolicLinkErrorResponse link = new SymbolicLinkErrorResponse(0, HOSTILE, HOSTILE, false);
    flow.peer
        .expect(CreateRequest.class)
        .answer(new ErrorResponse(List.of(), Octets.copyOf(WireWriter.toBytes(link::write))))
        .status(NtStatus.STOPPED_ON_SYMLINK)
        .send();

    Throwable failure = Flow.failure(opening);

    assertThat(failure).isInstanceOf(SmbStatusException.class);
    assertPrintable(failure);
  }

  @Test
  void section7APathForgesNoMessage() {
    AsyncSmbShare share = flow.share();
    CompletableFuture<AsyncSmbFile> opening = share.open("\u202Egnp.exe", OpenOptions.read());
    flow.peer
        .expect(CreateRequest.class)
        .answer(new ErrorResponse(List.of(), Octets.EMPTY))
        .status(NtStatus.OBJECT_NAME_NOT_FOUND)
        .send();

    Throwable failure = Flow.failure(opening);

    assertThat(failure).hasMessageContaining("\\u202egnp.exe");
    assertPrintable(failure);
  }

  @Test
  void section7AHostForgesNoMessage() {
    Throwable failure = Flow.failure(flow.client.async().connect("no such\u202E\nhost", 445));

    assertThat(failure)
        .isInstanceOf(SmbTransportException.class)
        .hasMessageContaining("no such\\u202e\\u000ahost");
  }

  /** Of the line breaks and tabs in a stack trace, all are its own. */
  private static void assertPrintable(Throwable failure) {
    assertThat(failure.getMessage()).doesNotContainPattern(UNPRINTABLE);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString().replaceAll("\n\tat |\n\t\\.\\.\\. |\nCaused by: |\n$|\r", ""))
        .doesNotContainPattern(UNPRINTABLE);
  }
}
