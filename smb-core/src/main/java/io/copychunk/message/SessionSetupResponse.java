package io.copychunk.message;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 SESSION_SETUP Response (2.2.6).
 *
 * @param flags what kind of session it is; only 16 bits travel
 * @param securityBuffer a token of the authentication, at most 65535 bytes
 */
public record SessionSetupResponse(SessionFlags flags, Octets securityBuffer)
    implements Smb2Response {
  static final int STRUCTURE_SIZE = 9;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static SessionSetupResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    SessionFlags flags = new SessionFlags(in.u16());
    int offset = in.u16();
    int length = in.u16();
    return new SessionSetupResponse(flags, in.region(offset, length).rest());
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 SessionFlags 2 | 4 SecurityBufferOffset 2 | 6 SecurityBufferLength 2
    // 8 Buffer
    out.u16(STRUCTURE_SIZE).u16(flags.bits());
    WireWriter.Slot offset = out.u16Slot();
    WireWriter.Slot length = out.u16Slot();
    out.set(offset, out.position()); // servers name an offset also for what is empty
    out.payload(offset, length, 1, buffer -> buffer.octets(securityBuffer));
  }
}
