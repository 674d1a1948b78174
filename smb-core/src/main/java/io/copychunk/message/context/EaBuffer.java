package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_EA_BUFFER (2.2.13.2.1): the extended attributes of a file that is created.
 *
 * @param attributes a list of FILE_FULL_EA_INFORMATION (MS-FSCC 2.4.16)
 */
public record EaBuffer(Octets attributes) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.EXT_A);

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    out.octets(attributes);
  }
}
