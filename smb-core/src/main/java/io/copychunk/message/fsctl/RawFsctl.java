package io.copychunk.message.fsctl;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * Any FSCTL, its input and output left as bytes. Those of COPYCHUNK are left so too, but a server
 * that claims to have copied more than it was told is not believed.
 *
 * @param controlCode see {@link FsctlCode}
 * @param input what the control code needs
 * @param maxOutputResponse bytes of output that are allowed, 0 to 2<sup>32</sup>-1
 */
public record RawFsctl(int controlCode, Octets input, long maxOutputResponse)
    implements Fsctl<Octets> {
  @Override
  public void writeInput(WireWriter out) {
    out.octets(input);
  }

  @Override
  public Octets readOutput(WireReader in) {
    Octets output = in.rest();
    SrvCopyChunkCopy copy = copyChunk();
    if (copy != null && output.size() >= SrvCopyChunkResponse.SIZE) {
      copy.readOutput(output.reader().octets(SrvCopyChunkResponse.SIZE).reader());
    }
    return output;
  }

  @Override
  public Octets believable(NtStatus status, Octets output) {
    SrvCopyChunkCopy copy = copyChunk();
    return copy == null ? output : copy.believable(status, output);
  }

  /** The input as what it is, or null when it is another one, or none that can be understood. */
  private @Nullable SrvCopyChunkCopy copyChunk() {
    if (controlCode != FsctlCode.SRV_COPYCHUNK && controlCode != FsctlCode.SRV_COPYCHUNK_WRITE) {
      return null;
    }
    try {
      return SrvCopyChunkCopy.readInput(
          input.reader(), controlCode == FsctlCode.SRV_COPYCHUNK_WRITE);
    } catch (MalformedMessageException e) {
      return null; // the server's to judge
    }
  }

  @Override
  public String toString() {
    return "RawFsctl[controlCode=%s, input=%s, maxOutputResponse=%d]"
        .formatted(FsctlCode.name(controlCode), input, maxOutputResponse);
  }

  @Override
  public boolean acceptsOverflow() {
    return true;
  }
}
