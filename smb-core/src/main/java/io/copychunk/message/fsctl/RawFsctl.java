package io.copychunk.message.fsctl;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * Any FSCTL, its input and output left as bytes.
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
    return in.rest();
  }

  @Override
  public String toString() {
    return "RawFsctl[controlCode=%s, input=%s, maxOutputResponse=%d]"
        .formatted(FsctlCode.name(controlCode), input, maxOutputResponse);
  }
}
