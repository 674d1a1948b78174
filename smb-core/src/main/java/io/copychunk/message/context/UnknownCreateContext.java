package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;

/**
 * A create context of a name that we do not know, which is to be ignored.
 *
 * @param name at most {@link CreateContext#MAX_NAME_SIZE} bytes
 * @param data whatever it means
 */
public record UnknownCreateContext(Octets name, Octets data) implements CreateContext {
  @Override
  public void writeData(WireWriter out) {
    out.octets(data);
  }
}
