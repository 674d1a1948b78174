package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The SERVER_QUERY of the extensions by Apple, which Samba has in vfs_fruit.
 *
 * @param requestBitmap what to tell: 1 capabilities of the server, 2 of the volume, 4 its model
 * @param clientCapabilities what the client can do
 */
public record AaplServerQueryRequest(long requestBitmap, long clientCapabilities)
    implements CreateContext {
  /** In the bitmap: the server's capabilities are to be told. */
  public static final int SERVER_CAPABILITIES = 0x1;

  /** Of the client: it copies whole files by a COPYCHUNK of no chunks. */
  public static final int SUPPORTS_OSX_COPYFILE = 0x2;

  private static final Octets NAME = ContextName.octets(ContextName.AAPL);
  private static final int SERVER_QUERY = 1;

  static CreateContext read(WireReader in) {
    Octets all = in.regionFrom(in.position()).rest();
    if (in.u32() != SERVER_QUERY) {
      return new UnknownCreateContext(NAME, all);
    }
    in.skip(4); // Reserved
    return new AaplServerQueryRequest(in.bits64(), in.bits64());
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 Command 4 | 4 Reserved 4 | 8 RequestBitmap 8 | 16 ClientCapabilities 8
    out.u32(SERVER_QUERY).u32(0).bits64(requestBitmap).bits64(clientCapabilities);
  }
}
