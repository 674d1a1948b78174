package io.copychunk.message.fsctl;

import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * VALIDATE_NEGOTIATE_INFO Response (2.2.32.6): what the server had sent in NEGOTIATE.
 *
 * @param capabilities what the server can do
 * @param serverGuid names the server
 * @param securityMode whether the server insists on signatures; only 16 bits travel
 * @param dialect the dialect that the server chose
 */
public record ValidateNegotiateInfoResponse(
    Capabilities capabilities, Guid serverGuid, SecurityMode securityMode, Dialect dialect) {
  /** The size of the output in bytes. */
  public static final int SIZE = 24;

  /**
   * Reads the output.
   *
   * @param in the output alone
   * @return the response
   */
  public static ValidateNegotiateInfoResponse readOutput(WireReader in) {
    return new ValidateNegotiateInfoResponse(
        new Capabilities(in.bits32()), in.guid(), new SecurityMode(in.u16()), Dialect.of(in.u16()));
  }

  /**
   * Writes the output.
   *
   * @param out where it goes
   */
  public void writeOutput(WireWriter out) {
    // 0 Capabilities 4 | 4 Guid 16 | 20 SecurityMode 2 | 22 Dialect 2
    out.bits32(capabilities.bits()).guid(serverGuid);
    out.u16(securityMode.bits()).u16(dialect.revision());
  }
}
