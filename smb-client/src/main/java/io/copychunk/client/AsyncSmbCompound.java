package io.copychunk.client;

import io.copychunk.client.internal.session.Compound;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.InformationClass;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.message.CloseResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Requests about an open file that travel in one frame, and so cost one round trip; the last of them may
 * close it. Nothing is sent before {@link #send} or {@link #close}; from then on nothing can be taken
 * back. Each is served even if the server refuses those before it.
 *
 * <p>Each instance is for one thread and sends once; its futures complete on the callback executor.
 */
public final class AsyncSmbCompound {
  private final Compound compound;
  private final FileCalls calls;
  private final Executor executor;

  AsyncSmbCompound(Compound compound, Executor executor) {
    this.compound = compound;
    this.calls = new FileCalls(compound);
    this.executor = executor;
  }

  /**
   * Sets something about the file, as {@link AsyncSmbFile#set}.
   *
   * @param information such as a {@code FileBasicInformation}
   * @return completes when it is done
   */
  public CompletableFuture<Void> set(SettableInformation information) {
    return published(calls.set(information));
  }

  /**
   * Asks for something about the file or its volume, as {@link AsyncSmbFile#query}.
   *
   * @param what such as {@code FileStandardInformation.CLASS}
   * @param <T> the answer
   * @return the answer
   */
  public <T> CompletableFuture<T> query(InformationClass<T> what) {
    return published(calls.query(what));
  }

  /**
   * Gives the file another name in the same share, as {@link AsyncSmbFile#rename}.
   *
   * @param path the new path from the share's root, with slashes or backslashes
   * @param replace whether a file that has this name is replaced
   * @return completes when the file has the name
   * @throws java.nio.file.InvalidPathException when no file can have this path
   */
  public CompletableFuture<Void> rename(String path, boolean replace) {
    return published(calls.rename(path, replace));
  }

  /** Sends all that was asked for; each future tells what has come of it. */
  public void send() {
    compound.send();
  }

  /**
   * Sends all that was asked for, and closes the file (3.2.4.5).
   *
   * @return what the file was when it was closed, once the rest is answered as well; null when the
   *     server does not tell
   */
  public CompletableFuture<@Nullable FileNetworkOpenInformation> close() {
    return published(compound.sendAndClose(true).map(AsyncSmbCompound::closedAs));
  }

  private static @Nullable FileNetworkOpenInformation closedAs(CloseResponse closed) {
    return closed.postQueryAttributes()
        ? new FileNetworkOpenInformation(
            closed.creationTime(),
            closed.lastAccessTime(),
            closed.lastWriteTime(),
            closed.changeTime(),
            closed.allocationSize(),
            closed.endOfFile(),
            closed.fileAttributes())
        : null;
  }

  private <T> CompletableFuture<T> published(CompletableFuture<T> call) {
    return Published.of(call, value -> value, value -> {}, executor);
  }
}
