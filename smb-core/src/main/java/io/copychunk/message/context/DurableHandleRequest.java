package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/** SMB2_CREATE_DURABLE_HANDLE_REQUEST (2.2.13.2.3): the open is to survive a disconnect. */
public record DurableHandleRequest() implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.DHN_Q);

  static DurableHandleRequest read(WireReader in) {
    in.skip(16); // DurableRequest
    return new DurableHandleRequest();
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 DurableRequest 16
    out.zeros(16);
  }
}
