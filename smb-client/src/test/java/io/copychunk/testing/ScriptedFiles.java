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
import io.copychunk.message.fsctl.DuplicateExtentsToFile;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.OffloadRead;
import io.copychunk.message.fsctl.OffloadReadOutput;
import io.copychunk.message.fsctl.OffloadWrite;
import io.copychunk.message.fsctl.OffloadWriteOutput;
import io.copychunk.message.fsctl.SetSparse;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.message.fsctl.StorageOffloadToken;
import io.copychunk.testing.MemoryVolume.Content;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final int KEY_SIZE = 24;

  private final ScriptedPeer peer;
  private final MemoryVolume files = new MemoryVolume();
  private final Map<FileId, Opened> opens = new HashMap<>();
  private final List<Hook> hooks = new CopyOnWriteArrayList<>();
  private final List<Smb2Request<?>> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable Throwable failure;
  private volatile boolean cloning;
  private volatile boolean offloading;
  private volatile boolean appleCopying;
  private volatile boolean sparse;
  private volatile boolean withoutIds;
  private volatile boolean closingWithoutAWord;
  private FileId previous = FileId.PREVIOUS;
  private @Nullable NtStatus previousFailure;

  private static final class Opened {
    private String name;
    private final Content content;
    private boolean deletePending;

    private Opened(String name, Content content) {
      this.name = name;
      this.content = content;
    }
  }

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
    Opened opened = opens.get(named(close.fileId()));
    return opened != null && opened.name.equals(name);
  }

  public synchronized List<String> names() {
    return files.names();
  }

  /** The file is written to by somebody else. */
  public synchronized void touch(String name) {
    there(name).lastWriteTime++;
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
        && type.isInstance(control(ioctl))
        && hook.test(request, type.cast(control(ioctl))));
  }

  /** Lets FSCTL_DUPLICATE_EXTENTS_TO_FILE work. */
  public ScriptedFiles cloning() {
    cloning = true;
    return this;
  }

  /** Lets FSCTL_OFFLOAD_READ and FSCTL_OFFLOAD_WRITE work. */
  public ScriptedFiles offloading() {
    offloading = true;
    return this;
  }

  /** Says of all files that they may have holes; where they are is for a hook to tell. */
  public ScriptedFiles sparse() {
    sparse = true;
    return this;
  }

  /** Is a server for macOS, as Samba 4.22 is one: AAPL copyfile works, ids and times of open files do not. */
  public ScriptedFiles appleCopying() {
    appleCopying = true;
    return this;
  }

  /** Tells nobody the ids of files. */
  public ScriptedFiles withoutIds() {
    withoutIds = true;
    return this;
  }

  /** Does not tell what a file was when it was closed. */
  public ScriptedFiles closingWithoutAWord() {
    closingWithoutAWord = true;
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
        .map(request -> control((IoctlRequest) request))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** What an IOCTL request asks for. */
  public static Fsctl<?> control(IoctlRequest request) {
    return Fsctl.readInput(
        request.controlCode(), request.input().reader(), request.maxOutputResponse());
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
      ioctl(request, ioctl);
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
    opens.put(fileId, new Opened(create.name(), content));
    previous = fileId;
    List<CreateContext> contexts = new ArrayList<>();
    for (CreateContext context : create.contexts()) {
      if (context instanceof QueryOnDiskIdRequest && !withoutIds) {
        contexts.add(
            appleCopying
                ? new QueryOnDiskIdResponse(0, VOLUME)
                : new QueryOnDiskIdResponse(content.id, VOLUME));
      } else if (context instanceof AaplServerQueryRequest && appleCopying) {
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
            sparse ? FileAttributes.SPARSE_FILE : FileAttributes.ARCHIVE,
            fileId,
            contexts))
        .send();
  }

  private CloseResponse close(CloseRequest close) {
    Opened opened = opens.remove(named(close.fileId()));
    if (opened != null && opened.deletePending) {
      files.delete(opened.name);
    }
    if (opened == null || !close.postQueryAttributes() || closingWithoutAWord) {
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
    long written = appleCopying ? FileTimes.UNIX_EPOCH : content.lastWriteTime;
    long size = content.bytes.length;
    return new FileNetworkOpenInformation(
        1, 2, written, written, size, size, FileAttributes.ARCHIVE);
  }

  /** What a request means by a FileId. */
  private FileId named(FileId fileId) {
    return fileId.equals(FileId.PREVIOUS) ? previous : fileId;
  }

  private void read(Received<?> request, ReadRequest read) {
    byte[] bytes = opened(read.fileId()).content.bytes;
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
    opened(write.fileId()).content.write(write.offset(), data);
    request.answer(new WriteResponse(data.length)).send();
  }

  private void ioctl(Received<?> request, IoctlRequest ioctl) {
    FileId fileId = named(ioctl.fileId());
    Fsctl<?> control = control(ioctl);
    if (control instanceof SrvRequestResumeKey) {
      request
          .answer(Responses.output(
              ioctl, fileId, out -> out.fileId(fileId).zeros(KEY_SIZE - 16).zeros(8)))
          .send();
    } else if (control instanceof SrvCopyChunkCopy copy) {
      copy(request, ioctl, copy);
    } else if (control instanceof DuplicateExtentsToFile clone && cloning) {
      copyBytes(
          opened(clone.sourceFileId()),
          opened(fileId),
          clone.sourceFileOffset(),
          clone.targetFileOffset(),
          clone.byteCount());
      request.answer(Responses.output(ioctl, fileId, Octets.EMPTY)).send();
    } else if (control instanceof SetSparse && sparse) {
      request.answer(Responses.output(ioctl, fileId, Octets.EMPTY)).send();
    } else if (control instanceof OffloadRead read && offloading) {
      Octets token = Octets.copyOf(WireWriter.toBytes(out ->
          out.fileId(fileId).bits64(read.fileOffset()).zeros(StorageOffloadToken.SIZE - 24)));
      OffloadReadOutput output =
          new OffloadReadOutput(0, read.copyLength(), new StorageOffloadToken(token));
      request.answer(Responses.output(ioctl, fileId, output::writeOutput)).send();
    } else if (control instanceof OffloadWrite write && offloading) {
      var token = write.token().octets().reader();
      copyBytes(
          opened(token.fileId()),
          opened(fileId),
          token.bits64() + write.transferOffset(),
          write.fileOffset(),
          write.copyLength());
      OffloadWriteOutput output = new OffloadWriteOutput(0, write.copyLength());
      request.answer(Responses.output(ioctl, fileId, output::writeOutput)).send();
    } else {
      request.refusal(NtStatus.INVALID_DEVICE_REQUEST).send();
    }
  }

  private void copy(Received<?> request, IoctlRequest ioctl, SrvCopyChunkCopy copy) {
    Opened source = opens.get(copy.sourceKey().reader().fileId());
    if (source == null) {
      copied(request, 0, 0).status(NtStatus.OBJECT_NAME_NOT_FOUND).send();
      return;
    }
    if (copy.chunks().isEmpty() && appleCopying) {
      int size = source.content.bytes.length;
      copyBytes(source, opened(ioctl.fileId()), 0, 0, size);
    }
    long bytes = 0;
    for (SrvCopyChunk chunk : copy.chunks()) {
      copyBytes(
          source,
          opened(ioctl.fileId()),
          chunk.sourceOffset(),
          chunk.targetOffset(),
          chunk.length());
      bytes += chunk.length();
    }
    copied(request, copy.chunks().size(), bytes).send();
  }

  private static void copyBytes(Opened source, Opened target, long from, long to, long length) {
    target.content.write(
        to, Arrays.copyOfRange(source.content.bytes, (int) from, Math.toIntExact(from + length)));
  }

  /** An answer to a COPYCHUNK, to be changed and sent. */
  public static Answer copied(Received<?> request, long chunks, long bytes) {
    return counters(request, chunks, 0, bytes);
  }

  /** An answer to a COPYCHUNK with these three numbers, to be changed and sent. */
  public static Answer counters(Received<?> request, long first, long second, long third) {
    IoctlRequest ioctl = (IoctlRequest) request.body();
    SrvCopyChunkResponse response = new SrvCopyChunkResponse(first, second, third);
    return request.answer(Responses.output(ioctl, ioctl.fileId(), response::writeOutput));
  }

  private void query(Received<?> request, QueryInfoRequest query) {
    Content content = opened(query.fileId()).content;
    long size = content.bytes.length;
    WireWriter.Part answer = switch (query.infoType()) {
      case FILE_SYSTEM ->
        new FileFsAttributeInformation(
            new FileSystemAttributes(FileSystemAttributes.NAMED_STREAMS.bits()
                | (cloning ? FileSystemAttributes.SUPPORTS_BLOCK_REFCOUNTING.bits() : 0)),
            255,
            "NTFS")::write;
      default ->
        switch (query.fileInfoClass()) {
          case 5 -> new FileStandardInformation(size, size, 1, false, false)::write;
          case 22 -> new FileStreamInformation(files.streams(opened(query.fileId()).name))::write;
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
    Opened opened = opened(set.fileId());
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

  private Opened opened(FileId fileId) {
    Opened opened = opens.get(named(fileId));
    if (opened == null) {
      throw new AssertionError("no open: " + fileId);
    }
    return opened;
  }
}
