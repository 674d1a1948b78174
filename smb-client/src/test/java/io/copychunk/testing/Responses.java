package io.copychunk.testing;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.CreateAction;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.OplockLevel;
import io.copychunk.message.ShareCapabilities;
import io.copychunk.message.ShareFlags;
import io.copychunk.message.ShareType;
import io.copychunk.message.TreeConnectResponse;
import io.copychunk.message.context.CreateContext;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.util.List;

/** Bodies that a correct server answers with. */
public final class Responses {
  private Responses() {}

  public static TreeConnectResponse disk() {
    return disk(ShareFlags.NONE);
  }

  public static TreeConnectResponse disk(ShareFlags flags) {
    return new TreeConnectResponse(
        ShareType.DISK, flags, ShareCapabilities.NONE, new AccessMask(0x001F_01FF));
  }

  public static CreateResponse opened(FileId fileId) {
    return new CreateResponse(
        OplockLevel.NONE,
        0,
        CreateAction.OPENED,
        1,
        2,
        3,
        4,
        4096,
        1234,
        FileAttributes.NORMAL,
        fileId,
        List.of());
  }

  /** Of what has no size: a directory, or a link. */
  public static CreateResponse opened(
      FileId fileId, boolean isNew, FileAttributes attributes, List<CreateContext> contexts) {
    return new CreateResponse(
        OplockLevel.NONE,
        0,
        isNew ? CreateAction.CREATED : CreateAction.OPENED,
        1,
        2,
        3,
        3,
        0,
        0,
        attributes,
        fileId,
        contexts);
  }

  public static CloseResponse closed() {
    return new CloseResponse(false, 0, 0, 0, 0, 0, 0, FileAttributes.NONE);
  }

  public static IoctlResponse output(IoctlRequest request, FileId fileId, Octets output) {
    return new IoctlResponse(request.controlCode(), fileId, 0, Octets.EMPTY, output);
  }

  public static IoctlResponse output(IoctlRequest request, FileId fileId, WireWriter.Part output) {
    return output(request, fileId, Octets.copyOf(WireWriter.toBytes(output)));
  }

  /** Chunks that were copied. */
  public static IoctlResponse copied(
      IoctlRequest request, FileId fileId, long chunks, long totalBytes) {
    return output(request, fileId, new SrvCopyChunkResponse(chunks, 0, totalBytes)::writeOutput);
  }

  /** A key all of whose bytes are the same. */
  public static IoctlResponse key(IoctlRequest request, FileId fileId, int octet) {
    byte[] key = new byte[SrvRequestResumeKeyResponse.KEY_SIZE];
    java.util.Arrays.fill(key, (byte) octet);
    SrvRequestResumeKeyResponse response =
        new SrvRequestResumeKeyResponse(Octets.copyOf(key), 0, Octets.EMPTY);
    return output(request, fileId, response::writeOutput);
  }
}
