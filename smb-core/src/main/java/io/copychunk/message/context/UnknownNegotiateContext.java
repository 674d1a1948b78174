package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;

/**
 * A negotiate context of a type that we do not know, which is to be ignored (3.2.5.2).
 *
 * @param type the ContextType, 0 to 65535
 * @param data at most 65535 bytes
 */
public record UnknownNegotiateContext(int type, Octets data) implements NegotiateContext {
  @Override
  public void writeData(WireWriter out) {
    out.octets(data);
  }
}
