package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_ALLOCATION_SIZE (2.2.13.2.6).
 *
 * @param allocationSize bytes to reserve for a file that is created, 0 to 2<sup>63</sup>-1
 */
public record AllocationSize(long allocationSize) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.AL_SI);

  static AllocationSize read(WireReader in) {
    return new AllocationSize(in.size64("AllocationSize"));
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 AllocationSize 8
    out.bits64(allocationSize);
  }
}
