package io.copychunk.message.fsctl;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

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
    if (isCopyChunk() && output.size() >= SrvCopyChunkResponse.SIZE) {
      SrvCopyChunkCopy.readInput(input.reader(), controlCode == FsctlCode.SRV_COPYCHUNK_WRITE)
          .readOutput(output.reader().octets(SrvCopyChunkResponse.SIZE).reader());
    }
    return output;
  }

  private boolean isCopyChunk() {
    return controlCode == FsctlCode.SRV_COPYCHUNK || controlCode == FsctlCode.SRV_COPYCHUNK_WRITE;
  }

  @Override
  public String toString() {
    return "RawFsctl[controlCode=%s, input=%s, maxOutputResponse=%d]"
        .formatted(FsctlCode.name(controlCode), input, maxOutputResponse);
  }
}
