package io.copychunk.testing;

import io.copychunk.auth.AuthenticateMessage;
import io.copychunk.auth.AvPairs;
import io.copychunk.auth.AvPairs.AvPair;
import io.copychunk.auth.ChallengeMessage;
import io.copychunk.auth.MechType;
import io.copychunk.auth.NegState;
import io.copychunk.auth.NegTokenInit;
import io.copychunk.auth.NegTokenInit2;
import io.copychunk.auth.NegTokenResp;
import io.copychunk.auth.NegotiateFlags;
import io.copychunk.auth.NegotiateMessage;
import io.copychunk.auth.NtlmVersion;
import io.copychunk.fscc.FileAllocationInformation;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileDispositionInformation;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.FileFsFullSizeInformation;
import io.copychunk.fscc.FileFullEaInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileNormalizedNameInformation;
import io.copychunk.fscc.FileRenameInformation;
import io.copychunk.fscc.FileStreamInformation;
import io.copychunk.fscc.InfoType;
import io.copychunk.fscc.MountPointReparseData;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.fscc.ReparseTag;
import io.copychunk.fscc.SymbolicLinkReparseData;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.LockElement;
import io.copychunk.message.LockRequest;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.QueryInfoResponse;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.Smb2Message;
import io.copychunk.message.context.AaplServerQueryRequest;
import io.copychunk.message.context.AaplServerQueryResponse;
import io.copychunk.message.context.AllocationSize;
import io.copychunk.message.context.AppInstanceId;
import io.copychunk.message.context.CompressionCapabilities;
import io.copychunk.message.context.CreateContext;
import io.copychunk.message.context.DurableHandleReconnect;
import io.copychunk.message.context.DurableHandleReconnectV2;
import io.copychunk.message.context.DurableHandleRequest;
import io.copychunk.message.context.DurableHandleRequestV2;
import io.copychunk.message.context.DurableHandleResponse;
import io.copychunk.message.context.DurableHandleResponseV2;
import io.copychunk.message.context.EaBuffer;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.ErrorContext;
import io.copychunk.message.context.Lease;
import io.copychunk.message.context.LeaseV2;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.NetnameNegotiateContextId;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.QueryMaximalAccessRequest;
import io.copychunk.message.context.QueryMaximalAccessResponse;
import io.copychunk.message.context.QueryOnDiskIdRequest;
import io.copychunk.message.context.QueryOnDiskIdResponse;
import io.copychunk.message.context.RdmaTransformCapabilities;
import io.copychunk.message.context.SdBuffer;
import io.copychunk.message.context.ShareRedirectErrorContext;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.message.context.SymbolicLinkErrorResponse;
import io.copychunk.message.context.TimewarpToken;
import io.copychunk.message.context.TransportCapabilities;
import io.copychunk.message.context.UnknownCreateContext;
import io.copychunk.message.context.UnknownNegotiateContext;
import io.copychunk.message.fsctl.DeleteReparsePoint;
import io.copychunk.message.fsctl.DuplicateExtentsToFile;
import io.copychunk.message.fsctl.DuplicateExtentsToFileEx;
import io.copychunk.message.fsctl.FileAllocatedRangeBuffer;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.message.fsctl.GetIntegrityInformation;
import io.copychunk.message.fsctl.GetIntegrityInformationOutput;
import io.copychunk.message.fsctl.GetReparsePoint;
import io.copychunk.message.fsctl.OffloadRead;
import io.copychunk.message.fsctl.OffloadReadOutput;
import io.copychunk.message.fsctl.OffloadWrite;
import io.copychunk.message.fsctl.OffloadWriteOutput;
import io.copychunk.message.fsctl.QueryAllocatedRanges;
import io.copychunk.message.fsctl.RawFsctl;
import io.copychunk.message.fsctl.SetIntegrityInformation;
import io.copychunk.message.fsctl.SetReparsePoint;
import io.copychunk.message.fsctl.SetSparse;
import io.copychunk.message.fsctl.SetZeroData;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.StorageOffloadToken;
import io.copychunk.message.fsctl.ValidateNegotiateInfo;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the corpus from the captures, and by hand where no capture has the structure. Of inputs that
 * are alike in kind and size it keeps the first. Files of other names are left alone.
 *
 * <p>{@code main} takes the directory {@code src/test/resources/corpus}.
 */
public final class CorpusSeeds {
  private static final int NTLM_TYPE_OFFSET = 8;

  /** The inputs by their path in the corpus. */
  private final Map<String, byte[]> files = new TreeMap<>();

  private final Map<String, String> kinds = new TreeMap<>();

  private CorpusSeeds() {}

  public static void main(String[] args) throws IOException {
    Path corpus = Path.of(args[0]);
    long size = 0;
    Map<String, byte[]> files = all();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = corpus.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
      size += file.getValue().length;
    }
    System.out.printf("%d inputs, %d bytes%n", files.size(), size);
  }

  /** All inputs by their path in the corpus. */
  static Map<String, byte[]> all() throws IOException {
    CorpusSeeds seeds = new CorpusSeeds();
    Captures.files().forEach(seeds::addCapture);
    seeds.addErrorMatrix();
    seeds.addByHand();
    seeds.addEncryptedFrames();
    return seeds.files;
  }

  private void add(String decoder, String source, byte[] bytes) {
    add(decoder, source, bytes, String.valueOf(bytes.length));
  }

  private void add(String decoder, String source, byte[] bytes, String kind) {
    String name = source
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\.json|samba-", "")
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
    String path = decoder + "/" + name.substring(0, Math.min(name.length(), 80)) + ".bin";
    if (kinds.putIfAbsent(decoder + " " + kind, path) == null) {
      for (int i = 2; files.containsKey(path); i++) {
        path = path.replaceAll("(-[0-9]+)?\\.bin$", "-" + i + ".bin");
      }
      files.put(path, bytes);
    }
  }

  private void addWritten(String decoder, String source, WireWriter.Part part) {
    add(decoder, source, WireWriter.toBytes(part));
  }

  private void addCapture(String file) {
    for (Captures.Message message : Captures.read(file).messages()) {
      addMessage(file + " " + message.name(), message);
    }
    Capture capture = Capture.of(file);
    for (Vectors.Frame frame : capture.frames()) {
      if (WireReader.of(frame.bytes()).bits32() == TransformHeader.PROTOCOL_ID) {
        byte[] header = Arrays.copyOf(frame.bytes(), TransformHeader.SIZE);
        add("transform-header", file + " " + frame, header, String.valueOf(frame.fromClient()));
      }
    }
    if (capture.json().has("frames")
        && !capture.negotiateResponse().securityBuffer().isEmpty()) {
      addLogin(file, capture);
    }
  }

  private void addEncryptedFrames() {
    EncryptedFrames.genuine()
        .forEach((cipher, frames) -> frames.forEach(frame ->
            add("encrypted-frame", "by hand " + cipher, frame, cipher + " " + frame.length)));
  }

  private void addMessage(String source, Captures.Message message) {
    Smb2Header header = message.header();
    byte[] bytes = message.bytes();
    String kind = header.command() + " " + header.flags() + " " + header.status();
    add("header", source, Arrays.copyOf(bytes, Smb2Header.SIZE), kind);
    Smb2Message body = message.decode();
    add(kebab(body), source, bytes);
    if (!header.isResponse()) {
      add("request", source, bytes, header.command().toString());
    }
    addParts(source, message, body);
  }

  /** Such as "create-request" for a CreateRequest. */
  private static String kebab(Smb2Message body) {
    return body.getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private void addParts(String source, Captures.Message message, Smb2Message body) {
    if (body instanceof NegotiateRequest request) {
      addContexts(source, request.contexts());
    } else if (body instanceof NegotiateResponse response) {
      addContexts(source, response.contexts());
      add("neg-token-init2", source, response.securityBuffer().toByteArray());
    } else if (body instanceof SessionSetupRequest request) {
      addToken(source, request.securityBuffer());
    } else if (body instanceof SessionSetupResponse response) {
      addToken(source, response.securityBuffer());
    } else if (body instanceof CreateRequest request) {
      addWritten(
          "create-contexts-request",
          source,
          out -> CreateContext.writeList(out, request.contexts()));
    } else if (body instanceof CreateResponse response) {
      addWritten(
          "create-contexts-response",
          source,
          out -> CreateContext.writeList(out, response.contexts()));
    } else if (body instanceof IoctlRequest request) {
      addWritten(
          "fsctl-input",
          source,
          out -> out.bits32(request.controlCode())
              .u32(request.maxOutputResponse())
              .octets(request.input()));
    } else if (body instanceof SetInfoRequest request) {
      addInformation(source, request.infoType(), request.fileInfoClass(), request.buffer());
    } else if (body instanceof QueryInfoResponse response
        && message.request() instanceof QueryInfoRequest asked) {
      addInformation(source, asked.infoType(), asked.fileInfoClass(), response.output());
    } else if (body instanceof QueryDirectoryResponse response
        && message.request() instanceof QueryDirectoryRequest asked) {
      addInformation(source, InfoType.FILE, asked.fileInformationClass(), response.output());
    } else if (body instanceof IoctlResponse response
        && (message.header().status().isSuccess() || response.output().size() == 12)) {
      addOutput(source, response.controlCode(), response.output());
    }
  }

  private void addInformation(String source, InfoType infoType, int code, Octets bytes) {
    Information.find(infoType, code)
        .ifPresent(known -> add(known.name(), source, bytes.toByteArray()));
  }

  private void addContexts(String source, List<NegotiateContext> contexts) {
    addWritten("negotiate-contexts", source, out -> Decoders.writeNegotiateContexts(out, contexts));
  }

  private void addOutput(String source, int controlCode, Octets output) {
    byte[] bytes = WireWriter.toBytes(out -> out.bits32(controlCode).octets(output));
    add("fsctl-output", source, bytes, controlCode + " " + bytes.length);
  }

  private void addToken(String source, Octets token) {
    if (token.isEmpty()) {
      return;
    }
    byte[] bytes = token.toByteArray();
    switch (bytes[0]) {
      case 0x60 -> {
        add("neg-token-init", source, bytes);
        addToken(source, NegTokenInit.read(token).mechToken());
      }
      case (byte) 0xA1 -> {
        add("neg-token-resp", source, bytes);
        addToken(source, NegTokenResp.read(token).responseToken());
      }
      case 'N' -> addNtlm(source, token, bytes[NTLM_TYPE_OFFSET]);
      default -> throw new IllegalStateException(source + ": token " + token.hex());
    }
  }

  private void addNtlm(String source, Octets message, int type) {
    switch (type) {
      case 1 -> add("ntlm-negotiate", source, message.toByteArray());
      case 2 -> {
        add("ntlm-challenge", source, message.toByteArray());
        AvPairs pairs = ChallengeMessage.read(message).targetInfo();
        add("av-pairs", source, pairs.write().toByteArray());
      }
      default -> add("ntlm-authenticate", source, message.toByteArray());
    }
  }

  private void addLogin(String file, Capture capture) {
    Octets hint = capture.negotiateResponse().securityBuffer();
    Octets challenge = capture.challengeToken();
    if (challenge.toByteArray()[0] != 'N') {
      addWritten(
          "login",
          file,
          out -> out.u16(hint.size())
              .u16(challenge.size())
              .octets(hint)
              .octets(challenge)
              .octets(new NegTokenResp(NegState.ACCEPT_COMPLETED, null, Octets.EMPTY, Octets.EMPTY)
                  .write()));
    }
  }

  private void addErrorMatrix() {
    ErrorMatrix.cases().filter(ErrorMatrix.Case::isAnswered).forEach(answer -> {
      String source = "matrix " + answer.name();
      if (answer.structureSize() == ErrorResponse.STRUCTURE_SIZE) {
        byte[] bytes = WireWriter.toBytes(out -> out.zeros(Smb2Header.SIZE).octets(answer.error()));
        add("error-response", source, bytes);
      }
    });
  }

  private void addByHand() throws UnknownHostException {
    addContextsByHand();
    addErrorsByHand();
    addFsctlsByHand();
    addTokensByHand();
    add("cancel-request", "by-hand", Messages.encode(new CancelRequest()));
  }

  private void addContextsByHand() {
    Guid guid = new Guid(1, 2);
    FileId fileId = new FileId(3, 4);
    Octets three = Octets.ofHex("010203");
    addEach(
        "create-contexts-request",
        List.of(
            new EaBuffer(three),
            new SdBuffer(three),
            new DurableHandleRequest(),
            new DurableHandleReconnect(fileId),
            new AllocationSize(0x10_0000),
            new QueryMaximalAccessRequest(0),
            new QueryMaximalAccessRequest(5),
            new TimewarpToken(5),
            new QueryOnDiskIdRequest(),
            new Lease(guid, 7, 0),
            new LeaseV2(guid, 7, 4, guid, 9),
            new DurableHandleRequestV2(60_000, 2, guid),
            new DurableHandleReconnectV2(fileId, guid, 2),
            new AppInstanceId(guid),
            new AaplServerQueryRequest(7, 3),
            new UnknownCreateContext(Octets.ofHex("58585858"), three)));
    addEach(
        "create-contexts-response",
        List.of(
            new DurableHandleResponse(),
            new QueryMaximalAccessResponse(NtStatus.SUCCESS, AccessMask.GENERIC_READ),
            new Lease(guid, 7, 0),
            new LeaseV2(guid, 7, 4, guid, 9),
            new QueryOnDiskIdResponse(5, 6),
            new DurableHandleResponseV2(60_000, 2),
            new AaplServerQueryResponse(7, 5, 6, "Model"),
            new UnknownCreateContext(Octets.ofHex("58585858"), three)));
    List<NegotiateContext> contexts = List.of(
        new PreauthIntegrityCapabilities(List.of(1), three),
        new EncryptionCapabilities(List.of(4, 3, 2, 1)),
        new CompressionCapabilities(true, List.of(1, 2, 3)),
        new NetnameNegotiateContextId("server"),
        new TransportCapabilities(1),
        new RdmaTransformCapabilities(List.of(1, 2)),
        new SigningCapabilities(List.of(2, 1, 0)),
        new UnknownNegotiateContext(0x1234, three));
    addContexts("by-hand every", contexts);
    contexts.forEach(
        context -> addContexts("by-hand " + context.getClass().getSimpleName(), List.of(context)));
  }

  private void addEach(String decoder, List<CreateContext> contexts) {
    addWritten(decoder, "by-hand every", out -> CreateContext.writeList(out, contexts));
    for (CreateContext context : contexts) {
      String name = context.getClass().getSimpleName();
      byte[] bytes = WireWriter.toBytes(out -> CreateContext.writeList(out, List.of(context)));
      add(decoder, "by-hand " + name, bytes, name + " " + bytes.length);
    }
  }

  private void addErrorsByHand() throws UnknownHostException {
    SymbolicLinkErrorResponse link = new SymbolicLinkErrorResponse(4, "\\target", "target", true);
    ShareRedirectErrorContext redirect = new ShareRedirectErrorContext(
        List.of(
            InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
            InetAddress.getByAddress(
                new byte[] {0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})),
        "\\\\s\\x");
    addWritten("symbolic-link", "by-hand", link::write);
    addWritten("share-redirect", "by-hand", redirect::write);
    Octets linkData = Octets.copyOf(WireWriter.toBytes(link::write));
    Octets redirectData = Octets.copyOf(WireWriter.toBytes(redirect::write));
    List<ErrorContext> contexts = List.of(
        new ErrorContext(ErrorContext.DEFAULT, linkData),
        new ErrorContext(ErrorContext.SHARE_REDIRECT, redirectData));
    addWritten("error-contexts", "by-hand", out -> Decoders.writeErrorContexts(out, contexts));
    Octets needed = Octets.ofHex("00100000");
    for (ErrorResponse error : List.of(
        new ErrorResponse(contexts, Octets.EMPTY),
        new ErrorResponse(List.of(), linkData),
        new ErrorResponse(List.of(), needed))) {
      add("error-response", "by-hand", Messages.encode(error));
    }
    for (ErrorResponse error : List.of(
        ErrorResponse.EMPTY,
        new ErrorResponse(List.of(), needed),
        new ErrorResponse(List.of(new ErrorContext(ErrorContext.DEFAULT, needed)), Octets.EMPTY))) {
      add("required-length", "by-hand", Messages.encode(error));
    }
  }

  private void addFsctlsByHand() {
    Octets key = Octets.copyOf(new byte[24]);
    List<SrvCopyChunk> chunks = List.of(new SrvCopyChunk(0, 0, 5), new SrvCopyChunk(5, 5, 6));
    addFsctl(new SrvCopyChunkCopy(key, chunks, true));
    addFsctl(new SrvCopyChunkCopy(key, List.of(), false));
    addFsctl(new ValidateNegotiateInfo(
        Capabilities.NONE,
        new Guid(1, 2),
        SecurityMode.SIGNING_REQUIRED,
        List.of(Dialect.SMB_3_0_2, Dialect.SMB_3_1_1)));
    addFileSystemControls();
    addInformationByHand();
    addFsctl(new RawFsctl(0x0009_0000, Octets.ofHex("0102"), 9));
    addOutput(
        "by-hand resume key with context",
        0x0014_0078,
        Octets.ofHex("11".repeat(24) + "0200000001020000"));
    addOutput("by-hand raw", 0x0009_0000, Octets.ofHex("0102"));
  }

  private void addFileSystemControls() {
    FileId source = new FileId(1, 2);
    StorageOffloadToken token = new StorageOffloadToken(Octets.copyOf(new byte[512]));
    addFsctl(new DuplicateExtentsToFile(source, 3, 4, 5));
    addFsctl(new DuplicateExtentsToFileEx(source, 3, 4, 5, true));
    addFsctl(OffloadRead.of(4096, 8192));
    addFsctl(new OffloadWrite(1, 2, 3, token));
    addFsctl(new QueryAllocatedRanges(1, 2));
    addFsctl(new SetSparse(true));
    addFsctl(new SetZeroData(1, 2));
    addFsctl(new GetIntegrityInformation());
    addFsctl(new SetIntegrityInformation(0xFFFF, 1));
    addReparsePoints();
    addOutput(
        "by-hand", FsctlCode.OFFLOAD_READ, octets(new OffloadReadOutput(1, 9, token)::writeOutput));
    addOutput(
        "by-hand", FsctlCode.OFFLOAD_WRITE, octets(new OffloadWriteOutput(0, 9)::writeOutput));
    addOutput(
        "by-hand",
        FsctlCode.QUERY_ALLOCATED_RANGES,
        octets(out -> FileAllocatedRangeBuffer.writeList(
            out, List.of(new FileAllocatedRangeBuffer(0, 5), new FileAllocatedRangeBuffer(9, 7)))));
    addOutput(
        "by-hand",
        FsctlCode.GET_INTEGRITY_INFORMATION,
        octets(new GetIntegrityInformationOutput(2, 1, 4096, 65_536)::writeOutput));
  }

  private void addReparsePoints() {
    SymbolicLinkReparseData link = new SymbolicLinkReparseData("..\\a", "..\\a", true);
    MountPointReparseData mount = new MountPointReparseData("\\??\\C:\\a", "C:\\a");
    ReparseDataBuffer foreign =
        new ReparseDataBuffer(new ReparseTag(0x1234), new Guid(1, 2), Octets.ofHex("010203"));
    addFsctl(new GetReparsePoint());
    addFsctl(new SetReparsePoint(link.toReparsePoint()));
    addFsctl(new DeleteReparsePoint(ReparseTag.MOUNT_POINT, null));
    addOutput("by-hand", FsctlCode.GET_REPARSE_POINT, octets(mount.toReparsePoint()::write));
    addOutput("by-hand with GUID", FsctlCode.GET_REPARSE_POINT, octets(foreign::write));
    addWritten("symbolic-link-reparse-data", "by-hand", link::write);
    addWritten("mount-point-reparse-data", "by-hand", mount::write);
    addWritten(
        "file-normalized-name", "by-hand", new FileNormalizedNameInformation("a\\bc")::write);
  }

  private void addInformationByHand() {
    addWritten("file-rename", "by-hand", new FileRenameInformation(true, "a\\bc")::write);
    addWritten("file-disposition", "by-hand", new FileDispositionInformation(true)::write);
    addWritten("file-allocation", "by-hand", new FileAllocationInformation(9)::write);
    addWritten("file-end-of-file", "by-hand", new FileEndOfFileInformation(9)::write);
    addWritten(
        "file-network-open",
        "by-hand",
        new FileNetworkOpenInformation(1, 2, 3, 4, 5, 6, FileAttributes.HIDDEN)::write);
    addWritten("file-fs-full-size", "by-hand", new FileFsFullSizeInformation(5, 4, 3, 2, 1)::write);
    addWritten(
        "file-stream",
        "by-hand",
        new FileStreamInformation(List.of(
            new FileStreamInformation.Stream("::$DATA", 5, 4096),
            new FileStreamInformation.Stream(":a:$DATA", 1, 2)))::write);
    addWritten(
        "file-full-ea",
        "by-hand",
        new FileFullEaInformation(List.of(
            new FileFullEaInformation.Attribute(0, "AB", Octets.ofHex("0102")),
            new FileFullEaInformation.Attribute(0x80, "C", Octets.ofHex("03"))))::write);
    add(
        "lock-request",
        "by-hand",
        Messages.encode(new LockRequest(
            1, new FileId(1, 2), List.of(LockElement.exclusive(1, 2), LockElement.shared(3, 4)))));
  }

  private static Octets octets(WireWriter.Part part) {
    return Octets.copyOf(WireWriter.toBytes(part));
  }

  private void addFsctl(Fsctl<?> fsctl) {
    String name = fsctl.getClass().getSimpleName();
    add(
        "fsctl-input",
        "by-hand " + name,
        WireWriter.toBytes(out -> Decoders.writeFsctlInput(out, fsctl)),
        name);
  }

  private void addTokensByHand() {
    Octets name = Octets.ofHex("41004200");
    AvPairs pairs = new AvPairs(List.of(
        new AvPair(AvPairs.NB_COMPUTER_NAME, name),
        new AvPair(AvPairs.NB_DOMAIN_NAME, name),
        new AvPair(3, name),
        new AvPair(AvPairs.FLAGS, Octets.ofHex("02000000")),
        new AvPair(AvPairs.TIMESTAMP, Octets.ofHex("0011223344556677")),
        new AvPair(8, name),
        new AvPair(AvPairs.TARGET_NAME, name),
        new AvPair(AvPairs.CHANNEL_BINDINGS, Octets.copyOf(new byte[16]))));
    add("av-pairs", "by-hand every", pairs.write().toByteArray());
    NegotiateFlags flags = NegotiateFlags.UNICODE.with(NegotiateFlags.VERSION);
    add(
        "ntlm-negotiate",
        "by-hand with names",
        new NegotiateMessage(flags, name, name, NtlmVersion.OURS).write().toByteArray());
    AuthenticateMessage authenticate = new AuthenticateMessage(
        name, name, "D", "U", "W", name, flags, NtlmVersion.OURS, AuthenticateMessage.ZERO_MIC);
    add("ntlm-authenticate", "by-hand with mic", authenticate.write().toByteArray());
    List<MechType> mechTypes = List.of(MechType.KERBEROS, MechType.NTLMSSP, MechType.NEGOEX);
    add(
        "neg-token-init",
        "by-hand every field",
        new NegTokenInit(mechTypes, name, name).write().toByteArray());
    add(
        "neg-token-init2",
        "by-hand every field",
        new NegTokenInit2(mechTypes, name, name).write().toByteArray());
    add(
        "neg-token-resp",
        "by-hand every field",
        new NegTokenResp(NegState.REQUEST_MIC, MechType.NTLMSSP, name, name)
            .write()
            .toByteArray());
  }
}
