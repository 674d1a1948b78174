package io.copychunk.testing;

import io.copychunk.auth.AuthenticateMessage;
import io.copychunk.auth.AvPairs;
import io.copychunk.auth.AvPairs.AvPair;
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
import io.copychunk.fscc.MountPointReparseData;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.fscc.ReparseTag;
import io.copychunk.fscc.SymbolicLinkReparseData;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.LockElement;
import io.copychunk.message.LockRequest;
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
import io.copychunk.wire.WireWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Makes inputs for the corpus by hand, of what no capture has. */
final class HandMadeSeeds {
  private final CorpusSeeds seeds;

  HandMadeSeeds(CorpusSeeds seeds) {
    this.seeds = seeds;
  }

  void addAll() throws UnknownHostException {
    addContextsByHand();
    addErrorsByHand();
    addFsctlsByHand();
    addTokensByHand();
    seeds.add("cancel-request", "by-hand", Messages.encode(new CancelRequest()));
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
    seeds.addContexts("by-hand every", contexts);
    contexts.forEach(context ->
        seeds.addContexts("by-hand " + context.getClass().getSimpleName(), List.of(context)));
  }

  private void addEach(String decoder, List<CreateContext> contexts) {
    seeds.addWritten(decoder, "by-hand every", out -> CreateContext.writeList(out, contexts));
    for (CreateContext context : contexts) {
      String name = context.getClass().getSimpleName();
      byte[] bytes = WireWriter.toBytes(out -> CreateContext.writeList(out, List.of(context)));
      seeds.add(decoder, "by-hand " + name, bytes, name + " " + bytes.length);
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
    seeds.addWritten("symbolic-link", "by-hand", link::write);
    seeds.addWritten("share-redirect", "by-hand", redirect::write);
    Octets linkData = Octets.copyOf(WireWriter.toBytes(link::write));
    Octets redirectData = Octets.copyOf(WireWriter.toBytes(redirect::write));
    List<ErrorContext> contexts = List.of(
        new ErrorContext(ErrorContext.DEFAULT, linkData),
        new ErrorContext(ErrorContext.SHARE_REDIRECT, redirectData));
    seeds.addWritten(
        "error-contexts", "by-hand", out -> Decoders.writeErrorContexts(out, contexts));
    Octets needed = Octets.ofHex("00100000");
    for (ErrorResponse error : List.of(
        new ErrorResponse(contexts, Octets.EMPTY),
        new ErrorResponse(List.of(), linkData),
        new ErrorResponse(List.of(), needed))) {
      seeds.add("error-response", "by-hand", Messages.encode(error));
    }
    for (ErrorResponse error : List.of(
        ErrorResponse.EMPTY,
        new ErrorResponse(List.of(), needed),
        new ErrorResponse(List.of(new ErrorContext(ErrorContext.DEFAULT, needed)), Octets.EMPTY))) {
      seeds.add("required-length", "by-hand", Messages.encode(error));
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
    seeds.addOutput(
        "by-hand resume key with context",
        0x0014_0078,
        Octets.ofHex("11".repeat(24) + "0200000001020000"));
    seeds.addOutput("by-hand raw", 0x0009_0000, Octets.ofHex("0102"));
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
    seeds.addOutput(
        "by-hand", FsctlCode.OFFLOAD_READ, octets(new OffloadReadOutput(1, 9, token)::writeOutput));
    seeds.addOutput(
        "by-hand", FsctlCode.OFFLOAD_WRITE, octets(new OffloadWriteOutput(0, 9)::writeOutput));
    seeds.addOutput(
        "by-hand",
        FsctlCode.QUERY_ALLOCATED_RANGES,
        octets(out -> FileAllocatedRangeBuffer.writeList(
            out, List.of(new FileAllocatedRangeBuffer(0, 5), new FileAllocatedRangeBuffer(9, 7)))));
    seeds.addOutput(
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
    seeds.addOutput("by-hand", FsctlCode.GET_REPARSE_POINT, octets(mount.toReparsePoint()::write));
    seeds.addOutput("by-hand with GUID", FsctlCode.GET_REPARSE_POINT, octets(foreign::write));
    seeds.addWritten("symbolic-link-reparse-data", "by-hand", link::write);
    seeds.addWritten("mount-point-reparse-data", "by-hand", mount::write);
    seeds.addWritten(
        "file-normalized-name", "by-hand", new FileNormalizedNameInformation("a\\bc")::write);
  }

  private void addInformationByHand() {
    seeds.addWritten("file-rename", "by-hand", new FileRenameInformation(true, "a\\bc")::write);
    seeds.addWritten("file-disposition", "by-hand", new FileDispositionInformation(true)::write);
    seeds.addWritten("file-allocation", "by-hand", new FileAllocationInformation(9)::write);
    seeds.addWritten("file-end-of-file", "by-hand", new FileEndOfFileInformation(9)::write);
    seeds.addWritten(
        "file-network-open",
        "by-hand",
        new FileNetworkOpenInformation(1, 2, 3, 4, 5, 6, FileAttributes.HIDDEN)::write);
    seeds.addWritten(
        "file-fs-full-size", "by-hand", new FileFsFullSizeInformation(5, 4, 3, 2, 1)::write);
    seeds.addWritten(
        "file-stream",
        "by-hand",
        new FileStreamInformation(List.of(
            new FileStreamInformation.Stream("::$DATA", 5, 4096),
            new FileStreamInformation.Stream(":a:$DATA", 1, 2)))::write);
    seeds.addWritten(
        "file-full-ea",
        "by-hand",
        new FileFullEaInformation(List.of(
            new FileFullEaInformation.Attribute(0, "AB", Octets.ofHex("0102")),
            new FileFullEaInformation.Attribute(0x80, "C", Octets.ofHex("03"))))::write);
    seeds.add(
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
    seeds.add(
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
    seeds.add("av-pairs", "by-hand every", pairs.write().toByteArray());
    NegotiateFlags flags = NegotiateFlags.UNICODE.with(NegotiateFlags.VERSION);
    seeds.add(
        "ntlm-negotiate",
        "by-hand with names",
        new NegotiateMessage(flags, name, name, NtlmVersion.OURS).write().toByteArray());
    AuthenticateMessage authenticate = new AuthenticateMessage(
        name, name, "D", "U", "W", name, flags, NtlmVersion.OURS, AuthenticateMessage.ZERO_MIC);
    seeds.add("ntlm-authenticate", "by-hand with mic", authenticate.write().toByteArray());
    List<MechType> mechTypes = List.of(MechType.KERBEROS, MechType.NTLMSSP, MechType.NEGOEX);
    seeds.add(
        "neg-token-init",
        "by-hand every field",
        new NegTokenInit(mechTypes, name, name).write().toByteArray());
    seeds.add(
        "neg-token-init2",
        "by-hand every field",
        new NegTokenInit2(mechTypes, name, name).write().toByteArray());
    seeds.add(
        "neg-token-resp",
        "by-hand every field",
        new NegTokenResp(NegState.REQUEST_MIC, MechType.NTLMSSP, name, name)
            .write()
            .toByteArray());
  }
}
