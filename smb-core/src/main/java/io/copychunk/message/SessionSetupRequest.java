package io.copychunk.message;

import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 SESSION_SETUP Request (2.2.5).
 *
 * @param binding whether an existing session is bound to this connection (3.0 and later)
 * @param securityMode whether the client insists on signatures; only 8 bits travel
 * @param capabilities only {@link Capabilities#DFS} has a meaning here
 * @param previousSessionId the session that this one replaces after a reconnect, or 0
 * @param securityBuffer a token of the authentication, at most 65535 bytes
 */
public record SessionSetupRequest(
    boolean binding,
    SecurityMode securityMode,
    Capabilities capabilities,
    long previousSessionId,
    Octets securityBuffer)
    implements Smb2Request<SessionSetupResponse> {
  private static final int STRUCTURE_SIZE = 25;
  private static final int BINDING = 1;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static SessionSetupRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    boolean binding = (in.u8() & BINDING) != 0;
    SecurityMode securityMode = new SecurityMode(in.u8());
    Capabilities capabilities = new Capabilities(in.bits32());
    in.skip(4); // Channel
    int offset = in.u16();
    int length = in.u16();
    long previousSessionId = in.bits64();
    return new SessionSetupRequest(
        binding,
        securityMode,
        capabilities,
        previousSessionId,
        in.region(offset, length).rest());
  }

  @Override
  public Command command() {
    return Command.SESSION_SETUP;
  }

  @Override
  public int responseStructureSize() {
    return SessionSetupResponse.STRUCTURE_SIZE;
  }

  @Override
  public boolean accepts(NtStatus status) {
    return status.equals(NtStatus.MORE_PROCESSING_REQUIRED);
  }

  @Override
  public boolean mayPend() {
    return false;
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2        | 2 Flags 1 | 3 SecurityMode 1 | 4 Capabilities 4 | 8 Channel 4
    // 12 SecurityBufferOffset 2 | 14 SecurityBufferLength 2    | 16 PreviousSessionId 8 | 24 Buffer
    out.u16(STRUCTURE_SIZE).u8(binding ? BINDING : 0).u8(securityMode.bits());
    out.bits32(capabilities.bits()).bits32(0);
    WireWriter.Slot offset = out.u16Slot();
    WireWriter.Slot length = out.u16Slot();
    out.bits64(previousSessionId);
    out.set(offset, out.position()); // also for an empty buffer, as all others do
    out.payload(offset, length, 1, buffer -> buffer.octets(securityBuffer));
  }

  @Override
  public SessionSetupResponse readResponse(WireReader in) {
    return SessionSetupResponse.read(in);
  }
}
