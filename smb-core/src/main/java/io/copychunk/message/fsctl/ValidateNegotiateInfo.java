package io.copychunk.message.fsctl;

import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * VALIDATE_NEGOTIATE_INFO Request (2.2.31.4): what the client had sent in NEGOTIATE.
 *
 * @param capabilities what the client can do
 * @param clientGuid names the client
 * @param securityMode whether the client insists on signatures; only 16 bits travel
 * @param dialects what the client offered, at most 64
 */
public record ValidateNegotiateInfo(
    Capabilities capabilities, Guid clientGuid, SecurityMode securityMode, List<Dialect> dialects)
    implements Fsctl<ValidateNegotiateInfoResponse> {
  private static final int MAX_DIALECTS = 64;

  /** Copies the dialects. */
  public ValidateNegotiateInfo {
    dialects = List.copyOf(dialects);
  }

  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static ValidateNegotiateInfo readInput(WireReader in) {
    Capabilities capabilities = new Capabilities(in.bits32());
    Guid clientGuid = in.guid();
    SecurityMode securityMode = new SecurityMode(in.u16());
    int count = in.u16();
    if (count > MAX_DIALECTS) {
      throw new MalformedMessageException(
          "DialectCount: " + count + " (expected: <= " + MAX_DIALECTS + ")");
    }
    List<Dialect> dialects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dialects.add(Dialect.of(in.u16()));
    }
    return new ValidateNegotiateInfo(capabilities, clientGuid, securityMode, dialects);
  }

  @Override
  public int controlCode() {
    return FsctlCode.VALIDATE_NEGOTIATE_INFO;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 Capabilities 4 | 4 Guid 16 | 20 SecurityMode 2 | 22 DialectCount 2 | 24 Dialects
    out.bits32(capabilities.bits()).guid(clientGuid);
    out.u16(securityMode.bits()).u16(dialects.size());
    for (Dialect dialect : dialects) {
      out.u16(dialect.revision());
    }
  }

  @Override
  public long maxOutputResponse() {
    return ValidateNegotiateInfoResponse.SIZE;
  }

  @Override
  public ValidateNegotiateInfoResponse readOutput(WireReader in) {
    return ValidateNegotiateInfoResponse.readOutput(in);
  }
}
