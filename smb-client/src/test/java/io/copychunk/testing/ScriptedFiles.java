package io.copychunk.testing;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileFsAttributeInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileRenameInformation;
import io.copychunk.fscc.FileStandardInformation;
import io.copychunk.fscc.FileStreamInformation;
import io.copychunk.fscc.FileSystemAttributes;
import io.copychunk.fscc.FileTimes;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.CreateAction;
import io.copychunk.message.CreateDisposition;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.OplockLevel;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.QueryInfoResponse;
import io.copychunk.message.ReadRequest;
import io.copychunk.message.ReadResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.SetInfoResponse;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.WriteRequest;
import io.copychunk.message.WriteResponse;
import io.copychunk.message.context.AaplServerQueryRequest;
import io.copychunk.message.context.AaplServerQueryResponse;
import io.copychunk.message.context.CreateContext;
import io.copychunk.message.context.QueryOnDiskIdRequest;
import io.copychunk.message.context.QueryOnDiskIdResponse;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.testing.MemoryVolume.Content;
import io.copychunk.testing.Opens.Opened;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A server of files that are in memory: answers what a copy asks, as a correct server would, and lets a
 * test answer single requests otherwise. Runs on a thread of its own once a client has connected to a
 * share.
 */
public final class ScriptedFiles {
  /** Answers a request in place of the server. */
  @FunctionalInterface
  public interface Hook {
    /**
     * Looks at a request.
     *
     * @return whether it was answered, or is not to be
     */
    boolean handle(Received<?> request);
  }

  private static final long VOLUME = 0x7001;

  private final ScriptedPeer peer;
  private final MemoryVolume files = new MemoryVolume();
  private final Opens opens = new Opens();
  private final List<Hook> hooks = new CopyOnWriteArrayList<>();
  private final List<Smb2Request<?>> requests = new CopyOnWriteArrayList<>();
  private final Set<Trait> traits = ConcurrentHashMap.newKeySet();
  private final ScriptedControls controls = new ScriptedControls(opens, traits);
  private volatile @Nullable Throwable failure;
  private @Nullable NtStatus previousFailure;

  public ScriptedFiles(ScriptedPeer peer) {
    this.peer = peer;
  }

  /** Serves from now on. */
  public ScriptedFiles start() {
    Thread thread = new Thread(this::serve, "scripted-files");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  public synchronized void put(String name, byte[] bytes) {
    files.create(name, bytes.clone());
  }

  /** Gives a file that is there another content. */
  public synchronized void overwrite(String name, byte[] bytes) {
    there(name).bytes = bytes.clone();
  }

  /** The content of a file, or null when there is none. */
  public synchronized byte @Nullable [] get(String name) {
    Content content = files.find(name);
    return content == null ? null : content.bytes.clone();
  }

  /** Somebody else removes a file. */
  public synchronized void remove(String name) {
    files.delete(name);
  }

  /** Whether a request is about an open of this name. */
  public synchronized boolean isOf(CloseRequest close, String name) {
    Opened opened = opens.find(close.fileId());
    return opened != null && opened.name.equals(name);
  }

  public synchronized List<String> names() {
    return files.names();
  }

  /** The file is written to by somebody else. */
  public synchronized void touch(String name) {
    there(name).lastWriteTime++;
  }

  private boolean has(Trait trait) {
    return traits.contains(trait);
  }

  private Content there(String name) {
    return Objects.requireNonNull(files.find(name), name);
  }

  public ScriptedFiles hook(Hook hook) {
    hooks.add(0, hook);
    return this;
  }

  /** Looks at the FSCTLs of a type alone. */
  public <F extends Fsctl<?>> ScriptedFiles hook(Class<F> type, BiPredicate<Received<?>, F> hook) {
    return hook(request -> request.body() instanceof IoctlRequest ioctl
        && type.isInstance(ScriptedControls.control(ioctl))
        && hook.test(request, type.cast(ScriptedControls.control(ioctl))));
  }

  /** Is another server than others are. */
  public ScriptedFiles with(Trait trait) {
    traits.add(trait);
    return this;
  }

  /** What has been asked so far. */
  public List<Smb2Request<?>> requests() {
    return List.copyOf(requests);
  }

  /** The FSCTLs of a type that have been asked for so far. */
  public <F extends Fsctl<?>> List<F> controls(Class<F> type) {
    return requests.stream()
        .filter(IoctlRequest.class::isInstance)
        .map(request -> ScriptedControls.control((IoctlRequest) request))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** What has gone wrong in here, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }

  private void serve() {
    try {
      Received<?> request;
      while ((request = peer.take()) != null) {
        requests.add(request.body());
        try {
          handle(request);
        } catch (UncheckedIOException gone) {
          // the client does not wait for this answer; that it has ended is taken next
        }
      }
    } catch (InterruptedException | RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  private void handle(Received<?> request) {
    if (request.body() instanceof CreateRequest) {
      previousFailure = NtStatus.INVALID_PARAMETER; // unless it is opened here
    }
    for (Hook hook : hooks) {
      if (hook.handle(request)) {
        return;
      }
    }
    answer(request);
  }

  /** Answers as a correct server would. */
  public synchronized void answer(Received<?> request) {
    Smb2Request<?> body = request.body();
    if (body instanceof CreateRequest create) {
      create(request, create);
    } else if (request.header().flags().has(HeaderFlags.RELATED_OPERATIONS)
        && previousFailure != null) {
      request.refusal(previousFailure).send();
    } else if (body instanceof CloseRequest close) {
      request.answer(close(close)).send();
    } else if (body instanceof ReadRequest read) {
      read(request, read);
    } else if (body instanceof WriteRequest write) {
      write(request, write);
    } else if (body instanceof IoctlRequest ioctl) {
      controls.answer(request, ioctl);
    } else if (body instanceof QueryInfoRequest query) {
      query(request, query);
    } else if (body instanceof SetInfoRequest set) {
      set(request, set);
    } else {
      request.refusal(NtStatus.NOT_SUPPORTED).send();
    }
  }

  private void create(Received<?> request, CreateRequest create) {
    Content content = files.find(create.name());
    boolean exists = content != null;
    previousFailure = null;
    if (create.disposition() == CreateDisposition.CREATE && exists) {
      previousFailure = NtStatus.OBJECT_NAME_COLLISION;
    } else if (create.disposition() == CreateDisposition.OPEN && !exists) {
      previousFailure = NtStatus.OBJECT_NAME_NOT_FOUND;
    }
    if (previousFailure != null) {
      request.refusal(previousFailure).send();
      return;
    }
    if (content == null) {
      content = files.create(create.name(), new byte[0]);
    }
    long id = files.newId();
    FileId fileId = new FileId(id, ~id);
    opens.add(fileId, create.name(), content);
    List<CreateContext> contexts = new ArrayList<>();
    for (CreateContext context : create.contexts()) {
      if (context instanceof QueryOnDiskIdRequest && !has(Trait.WITHOUT_IDS)) {
        contexts.add(
            has(Trait.COPIES_FOR_APPLE)
                ? new QueryOnDiskIdResponse(0, VOLUME)
                : new QueryOnDiskIdResponse(content.id, VOLUME));
      } else if (context instanceof AaplServerQueryRequest && has(Trait.COPIES_FOR_APPLE)) {
        contexts.add(new AaplServerQueryResponse(
            AaplServerQueryResponse.SERVER_CAPABILITIES,
            AaplServerQueryResponse.SUPPORTS_OSX_COPYFILE,
            0,
            ""));
      }
    }
    request
        .answer(new CreateResponse(
            OplockLevel.NONE,
            0,
            exists ? CreateAction.OPENED : CreateAction.CREATED,
            1,
            2,
            content.lastWriteTime,
            content.lastWriteTime,
            content.bytes.length,
            content.bytes.length,
            has(Trait.SPARSE) ? FileAttributes.SPARSE_FILE : FileAttributes.ARCHIVE,
            fileId,
            contexts))
        .send();
  }

  private CloseResponse close(CloseRequest close) {
    Opened opened = opens.remove(close.fileId());
    if (opened != null && opened.deletePending) {
      files.delete(opened.name);
    }
    if (opened == null || !close.postQueryAttributes() || has(Trait.CLOSES_WITHOUT_A_WORD)) {
      return Responses.closed();
    }
    FileNetworkOpenInformation now = information(opened.content);
    return new CloseResponse(
        true,
        now.creationTime(),
        now.lastAccessTime(),
        now.lastWriteTime(),
        now.changeTime(),
        now.allocationSize(),
        now.endOfFile(),
        now.fileAttributes());
  }

  private FileNetworkOpenInformation information(Content content) {
    long written = has(Trait.COPIES_FOR_APPLE) ? FileTimes.UNIX_EPOCH : content.lastWriteTime;
    long size = content.bytes.length;
    return new FileNetworkOpenInformation(
        1, 2, written, written, size, size, FileAttributes.ARCHIVE);
  }

  private void read(Received<?> request, ReadRequest read) {
    byte[] bytes = opens.get(read.fileId()).content.bytes;
    int from = (int) Math.min(read.offset(), bytes.length);
    int to = Math.min(from + read.length(), bytes.length);
    if (from == to) {
      request.refusal(NtStatus.END_OF_FILE).send();
      return;
    }
    request
        .answer(new ReadResponse(ByteBuffer.wrap(bytes, from, to - from).slice(), 0))
        .send();
  }

  private void write(Received<?> request, WriteRequest write) {
    byte[] data = new byte[write.data().remaining()];
    write.data().duplicate().get(data);
    opens.get(write.fileId()).content.write(write.offset(), data);
    request.answer(new WriteResponse(data.length)).send();
  }

  private void query(Received<?> request, QueryInfoRequest query) {
    Content content = opens.get(query.fileId()).content;
    long size = content.bytes.length;
    WireWriter.Part answer = switch (query.infoType()) {
      case FILE_SYSTEM ->
        new FileFsAttributeInformation(
            new FileSystemAttributes(FileSystemAttributes.NAMED_STREAMS.bits()
                | (has(Trait.CLONES) ? FileSystemAttributes.SUPPORTS_BLOCK_REFCOUNTING.bits() : 0)),
            255,
            "NTFS")::write;
      default ->
        switch (query.fileInfoClass()) {
          case 5 -> new FileStandardInformation(size, size, 1, false, false)::write;
          case 22 ->
            new FileStreamInformation(files.streams(opens.get(query.fileId()).name))::write;
          case 34 -> information(content)::write;
          default -> null;
        };
    };
    if (answer == null) {
      request.refusal(NtStatus.NOT_SUPPORTED).send();
    } else {
      request
          .answer(new QueryInfoResponse(Octets.copyOf(WireWriter.toBytes(answer))))
          .send();
    }
  }

  private void set(Received<?> request, SetInfoRequest set) {
    Opened opened = opens.get(set.fileId());
    switch (set.fileInfoClass()) {
      case 4 -> {} // times and attributes are not kept
      case 10 -> {
        FileRenameInformation rename = FileRenameInformation.read(set.buffer().reader());
        if (files.find(rename.fileName()) != null && !rename.replaceIfExists()) {
          request.refusal(NtStatus.OBJECT_NAME_COLLISION).send();
          return;
        }
        files.rename(opened.name, rename.fileName());
        opened.name = rename.fileName();
      }
      case 13 -> opened.deletePending = set.buffer().reader().u8() != 0;
      case 20 -> opened.content.resize(set.buffer().reader().bits64());
      default -> {
        request.refusal(NtStatus.NOT_SUPPORTED).send();
        return;
      }
    }
    request.answer(new SetInfoResponse()).send();
  }
}
