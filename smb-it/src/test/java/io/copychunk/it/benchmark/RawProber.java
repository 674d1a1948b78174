package io.copychunk.it.benchmark;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateDisposition;
import io.copychunk.message.CreateOptions;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.ImpersonationLevel;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.OplockLevel;
import io.copychunk.message.ShareAccess;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a server can do: small files copied in place by the fewest requests that copy their data, unsigned,
 * many at once, with nothing checked and nothing carried over. A measure, and no client: whatever is not
 * answered by success ends it.
 */
final class RawProber {
  private static final int WINDOW = 64;
  private static final long MOST_SECONDS = 60;
  private static final AccessMask READ =
      AccessMask.READ_DATA.with(AccessMask.READ_ATTRIBUTES).with(AccessMask.SYNCHRONIZE);
  private static final AccessMask WRITE =
      AccessMask.WRITE_DATA.with(AccessMask.READ_ATTRIBUTES).with(AccessMask.SYNCHRONIZE);

  private final List<String> names;
  private final int size;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private RawProber(List<String> names, int size) {
    this.names = names;
    this.size = size;
  }

  /**
   * Copies files from the directory "from" to the directory "to", which is there.
   *
   * @param size of each
   */
  static void copy(List<RawConnection> connections, List<String> names, int size) throws Exception {
    RawProber prober = new RawProber(names, size);
    for (RawConnection connection : connections) {
      prober.new Probe(connection).begin();
    }
    prober.done.get(MOST_SECONDS, TimeUnit.SECONDS);
  }

  private enum Step {
    SOURCE,
    KEY,
    TARGET,
    COPIED,
    SOURCE_CLOSED,
    TARGET_CLOSED
  }

  private record Asked(Step step, Copy copy) {}

  private static final class Copy {
    private final String name;
    private FileId source;
    private FileId target;

    private Copy(String name) {
      this.name = name;
    }
  }

  /** What goes by one connection. */
  private final class Probe implements RawConnection.Answers {
    private final RawConnection connection;
    private final Map<Long, Asked> asked = new HashMap<>();

    private Probe(RawConnection connection) {
      this.connection = connection;
    }

    private void begin() throws IOException {
      synchronized (connection) {
        connection.takeOver(this);
        for (int i = 0; i < WINDOW; i++) {
          next();
        }
        connection.flush();
      }
    }

    private void next() throws IOException {
      int number = begun.getAndIncrement();
      if (number < names.size()) {
        Copy copy = new Copy(names.get(number));
        long id = connection.send(
            open("from\\" + copy.name, READ, CreateDisposition.OPEN),
            IoctlRequest.of(FileId.PREVIOUS, new SrvRequestResumeKey()));
        asked.put(id, new Asked(Step.SOURCE, copy));
        asked.put(id + 1, new Asked(Step.KEY, copy));
      }
    }

    @Override
    public void end(Exception cause) {
      done.completeExceptionally(cause);
    }

    @Override
    public void take(Smb2Header header, WireReader body) throws IOException {
      Asked answered = asked.remove(header.messageId());
      if (answered == null || !header.status().isSuccess()) {
        done.completeExceptionally(
            new IllegalStateException("answered: " + header + " to " + answered));
        return;
      }
      Copy copy = answered.copy();
      switch (answered.step()) {
        case SOURCE -> copy.source = CreateResponse.read(body).fileId();
        case KEY -> {
          SrvRequestResumeKeyResponse key = SrvRequestResumeKeyResponse.readOutput(
              IoctlResponse.read(body).output().reader());
          SrvCopyChunkCopy whole =
              new SrvCopyChunkCopy(key.resumeKey(), List.of(new SrvCopyChunk(0, 0, size)), true);
          long id = connection.send(
              open("to\\" + copy.name, WRITE, CreateDisposition.CREATE),
              IoctlRequest.of(FileId.PREVIOUS, whole));
          asked.put(id, new Asked(Step.TARGET, copy));
          asked.put(id + 1, new Asked(Step.COPIED, copy));
        }
        case TARGET -> copy.target = CreateResponse.read(body).fileId();
        case COPIED -> {
          asked.put(
              connection.send(new CloseRequest(false, copy.source)),
              new Asked(Step.SOURCE_CLOSED, copy));
          asked.put(
              connection.send(new CloseRequest(false, copy.target)),
              new Asked(Step.TARGET_CLOSED, copy));
        }
        case SOURCE_CLOSED -> {}
        case TARGET_CLOSED -> {
          if (ended.incrementAndGet() == names.size()) {
            done.complete(null);
          }
          next();
        }
      }
    }
  }

  private static CreateRequest open(String name, AccessMask access, CreateDisposition disposition) {
    return new CreateRequest(
        OplockLevel.NONE,
        ImpersonationLevel.IMPERSONATION,
        access,
        FileAttributes.NORMAL,
        ShareAccess.ALL,
        disposition,
        CreateOptions.NON_DIRECTORY_FILE,
        name,
        List.of());
  }
}
