package io.copychunk.message.context;

import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_NETNAME_NEGOTIATE_CONTEXT_ID (2.2.3.1.4).
 *
 * @param netName the server as the client calls it, at most 32767 characters
 */
public record NetnameNegotiateContextId(String netName) implements NegotiateContext {
  static final int TYPE = 0x0005;

  static NetnameNegotiateContextId read(WireReader in) {
    return new NetnameNegotiateContextId(in.utf16(in.remaining()));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeData(WireWriter out) {
    out.utf16(netName);
  }

  @Override
  public String toString() {
    return "NetnameNegotiateContextId[netName=" + PrintableText.of(netName) + "]";
  }
}
