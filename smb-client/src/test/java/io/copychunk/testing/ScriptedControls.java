package io.copychunk.testing;

import io.copychunk.message.IoctlRequest;
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
import io.copychunk.testing.Opens.Opened;
import io.copychunk.wire.FileId;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.Set;

/** Answers the FSCTLs by which a server copies, as a correct one would. */
public final class ScriptedControls {
  private static final int KEY_SIZE = 24;

  private final Opens opens;
  private final Set<Trait> traits;

  ScriptedControls(Opens opens, Set<Trait> traits) {
    this.opens = opens;
    this.traits = traits;
  }

  /** What an IOCTL request asks for. */
  public static Fsctl<?> control(IoctlRequest request) {
    return Fsctl.readInput(
        request.controlCode(), request.input().reader(), request.maxOutputResponse());
  }

  void answer(Received<?> request, IoctlRequest ioctl) {
    FileId fileId = opens.named(ioctl.fileId());
    Fsctl<?> control = control(ioctl);
    if (control instanceof SrvRequestResumeKey) {
      request
          .answer(Responses.output(
              ioctl, fileId, out -> out.fileId(fileId).zeros(KEY_SIZE - 16).zeros(8)))
          .send();
    } else if (control instanceof SrvCopyChunkCopy copy) {
      copy(request, ioctl, copy);
    } else if (control instanceof DuplicateExtentsToFile clone && traits.contains(Trait.CLONES)) {
      copyBytes(
          opens.get(clone.sourceFileId()),
          opens.get(fileId),
          clone.sourceFileOffset(),
          clone.targetFileOffset(),
          clone.byteCount());
      request.answer(Responses.output(ioctl, fileId, Octets.EMPTY)).send();
    } else if (control instanceof SetSparse && traits.contains(Trait.SPARSE)) {
      request.answer(Responses.output(ioctl, fileId, Octets.EMPTY)).send();
    } else if (control instanceof OffloadRead read && traits.contains(Trait.OFFLOADS)) {
      Octets token = Octets.copyOf(WireWriter.toBytes(out ->
          out.fileId(fileId).bits64(read.fileOffset()).zeros(StorageOffloadToken.SIZE - 24)));
      OffloadReadOutput output =
          new OffloadReadOutput(0, read.copyLength(), new StorageOffloadToken(token));
      request.answer(Responses.output(ioctl, fileId, output::writeOutput)).send();
    } else if (control instanceof OffloadWrite write && traits.contains(Trait.OFFLOADS)) {
      var token = write.token().octets().reader();
      copyBytes(
          opens.get(token.fileId()),
          opens.get(fileId),
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
    Opened source = opens.find(copy.sourceKey().reader().fileId());
    if (source == null) {
      copied(request, 0, 0).status(NtStatus.OBJECT_NAME_NOT_FOUND).send();
      return;
    }
    if (copy.chunks().isEmpty() && traits.contains(Trait.COPIES_FOR_APPLE)) {
      int size = source.content.bytes.length;
      copyBytes(source, opens.get(ioctl.fileId()), 0, 0, size);
    }
    long bytes = 0;
    for (SrvCopyChunk chunk : copy.chunks()) {
      copyBytes(
          source,
          opens.get(ioctl.fileId()),
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
}
