package io.copychunk.message;

import io.copychunk.message.context.NegotiateContext;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * SMB2 NEGOTIATE Request (2.2.3).
 *
 * @param dialects what the client offers, 1 to 64 of them
 * @param securityMode whether the client insists on signatures; only 16 bits travel
 * @param capabilities what the client can do; none unless a dialect from 3.0 on is offered
 * @param clientGuid names the client; zero if 2.0.2 alone is offered
 * @param contexts at most 64; none unless 3.1.1 is offered
 */
public record NegotiateRequest(
    List<Dialect> dialects,
    SecurityMode securityMode,
    Capabilities capabilities,
    Guid clientGuid,
    List<NegotiateContext> contexts)
    implements Smb2Request<NegotiateResponse> {
  private static final int STRUCTURE_SIZE = 36;
  private static final int MAX_DIALECTS = 64;

  /** Checks that there are dialects, and contexts only with 3.1.1. */
  public NegotiateRequest {
    dialects = List.copyOf(dialects);
    contexts = List.copyOf(contexts);
    if (dialects.isEmpty() || dialects.size() > MAX_DIALECTS) {
      throw new IllegalArgumentException(
          "dialects: " + dialects.size() + " (expected: 1.." + MAX_DIALECTS + ")");
    }
    if (!contexts.isEmpty() && !dialects.contains(Dialect.SMB_3_1_1)) {
      throw new IllegalArgumentException(
          "contexts: " + contexts.size() + " (expected: none without dialect 3.1.1)");
    }
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static NegotiateRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    int dialectCount = in.u16();
    if (dialectCount == 0 || dialectCount > MAX_DIALECTS) {
      throw new MalformedMessageException(
          "DialectCount: " + dialectCount + " (expected: 1.." + MAX_DIALECTS + ")");
    }
    SecurityMode securityMode = new SecurityMode(in.u16());
    in.skip(2); // Reserved
    Capabilities capabilities = new Capabilities(in.bits32());
    Guid clientGuid = in.guid();
    long contextOffset = in.u32();
    int contextCount = in.u16();
    in.skip(2); // Reserved2
    List<Dialect> dialects = new ArrayList<>();
    for (int i = 0; i < dialectCount; i++) {
      dialects.add(Dialect.of(in.u16()));
    }
    List<NegotiateContext> contexts = dialects.contains(Dialect.SMB_3_1_1)
        ? NegotiateContext.readList(in, contextOffset, contextCount)
        : List.of();
    return new NegotiateRequest(dialects, securityMode, capabilities, clientGuid, contexts);
  }

  @Override
  public Command command() {
    return Command.NEGOTIATE;
  }

  @Override
  public int responseStructureSize() {
    return NegotiateResponse.STRUCTURE_SIZE;
  }

  @Override
  public boolean mayPend() {
    return false;
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2 | 2 DialectCount 2 | 4 SecurityMode 2 | 6 Reserved 2 | 8 Capabilities 4
    // 12 ClientGuid 16   | 28 NegotiateContextOffset 4         | 32 NegotiateContextCount 2
    // 34 Reserved2 2     | 36 Dialects
    out.u16(STRUCTURE_SIZE).u16(dialects.size()).u16(securityMode.bits()).u16(0);
    out.bits32(capabilities.bits()).guid(clientGuid);
    WireWriter.Slot contextOffset = out.u32Slot();
    WireWriter.Slot contextCount = out.u16Slot();
    out.u16(0);
    for (Dialect dialect : dialects) {
      out.u16(dialect.revision());
    }
    NegotiateContext.writeList(out, contextOffset, contextCount, contexts);
  }

  @Override
  public NegotiateResponse readResponse(WireReader in) {
    return NegotiateResponse.read(in);
  }
}
