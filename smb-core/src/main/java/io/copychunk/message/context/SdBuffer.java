package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_SD_BUFFER (2.2.13.2.2): the security descriptor of a file that is created.
 *
 * @param securityDescriptor self-relative (MS-DTYP 2.4.6)
 */
public record SdBuffer(Octets securityDescriptor) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.SEC_D);

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    out.octets(securityDescriptor);
  }
}
