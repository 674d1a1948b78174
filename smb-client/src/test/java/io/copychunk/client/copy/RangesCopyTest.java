package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.OpenOptions;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.Received;
import io.copychunk.testing.ScriptedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranges from one open file to another, on a scripted server. */
@Timeout(60)
class RangesCopyTest {
  private final CopyFlow flow = new CopyFlow();
  private final ScriptedFiles files = flow.files;

  @AfterEach
  void close() {
    flow.close();
  }

  /** A server that does what it is told last first: both may be under way at once, or neither. */
  @Test
  void ofTwoRangesThatAreWrittenToTheSamePlaceTheLaterOneCounts() {
    byte[] content = new byte[20];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    files.put("a", content);
    files.put("b", new byte[10]);
    List<Received<?>> held = new ArrayList<>();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      if (!held.isEmpty()) {
        return false;
      }
      held.add(request);
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
          .execute(() -> files.answer(request));
      return true;
    });

    AsyncSmbFile source = Awaited.result(flow.share().open("a", OpenOptions.read()));
    AsyncSmbFile target = Awaited.result(flow.share().open("b", OpenOptions.write()));
    List<CopyRange> ranges = List.of(new CopyRange(0, 0, 10), new CopyRange(10, 5, 5));
    Awaited.result(
        flow.engine.copyRanges(source, target, ranges, CopyOptions.defaults()).result());

    assertThat(files.get("b")).containsExactly(0, 1, 2, 3, 4, 10, 11, 12, 13, 14);
  }
}
