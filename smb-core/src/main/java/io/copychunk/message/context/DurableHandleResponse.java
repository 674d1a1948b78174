package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/** SMB2_CREATE_DURABLE_HANDLE_RESPONSE (2.2.14.2.3): the open survives a disconnect. */
public record DurableHandleResponse() implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.DHN_Q);

  static DurableHandleResponse read(WireReader in) {
    in.skip(8); // Reserved
    return new DurableHandleResponse();
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 Reserved 8
    out.zeros(8);
  }
}
