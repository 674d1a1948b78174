package io.copychunk.message;

import io.copychunk.message.context.NegotiateContext;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * SMB2 NEGOTIATE Response (2.2.4). Times are FILETIMEs: units of 100 ns since 1601.
 *
 * @param securityMode whether the server insists on signatures; only 16 bits travel
 * @param dialect the dialect that the server chose
 * @param serverGuid names the server
 * @param capabilities what the server can do
 * @param maxTransactSize bytes that a request or response may carry, 0 to 2<sup>32</sup>-1
 * @param maxReadSize bytes that a READ may ask for, 0 to 2<sup>32</sup>-1
 * @param maxWriteSize bytes that a WRITE may carry, 0 to 2<sup>32</sup>-1
 * @param systemTime the server's clock
 * @param serverStartTime when the server was started, usually 0
 * @param securityBuffer the first token of the authentication, at most 65535 bytes
 * @param contexts at most 64; none unless the dialect is 3.1.1
 */
public record NegotiateResponse(
    SecurityMode securityMode,
    Dialect dialect,
    Guid serverGuid,
    Capabilities capabilities,
    long maxTransactSize,
    long maxReadSize,
    long maxWriteSize,
    long systemTime,
    long serverStartTime,
    Octets securityBuffer,
    List<NegotiateContext> contexts)
    implements Smb2Response {
  static final int STRUCTURE_SIZE = 65;

  /** Checks that there are contexts only with 3.1.1. */
  public NegotiateResponse {
    contexts = List.copyOf(contexts);
    if (!contexts.isEmpty() && dialect != Dialect.SMB_3_1_1) {
      throw new IllegalArgumentException(
          "contexts: " + contexts.size() + " (expected: none with dialect " + dialect + ")");
    }
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static NegotiateResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    SecurityMode securityMode = new SecurityMode(in.u16());
    Dialect dialect = Dialect.of(in.u16());
    int contextCount = in.u16();
    Guid serverGuid = in.guid();
    Capabilities capabilities = new Capabilities(in.bits32());
    long maxTransactSize = in.u32();
    long maxReadSize = in.u32();
    long maxWriteSize = in.u32();
    long systemTime = in.bits64();
    long serverStartTime = in.bits64();
    int securityBufferOffset = in.u16();
    int securityBufferLength = in.u16();
    long contextOffset = in.u32();
    return new NegotiateResponse(
        securityMode,
        dialect,
        serverGuid,
        capabilities,
        maxTransactSize,
        maxReadSize,
        maxWriteSize,
        systemTime,
        serverStartTime,
        in.region(securityBufferOffset, securityBufferLength).rest(),
        dialect == Dialect.SMB_3_1_1
            ? NegotiateContext.readList(in, contextOffset, contextCount)
            : List.of());
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2         | 2 SecurityMode 2 | 4 DialectRevision 2
    //  6 NegotiateContextCount 2 | 8 ServerGuid 16  | 24 Capabilities 4
    // 28 MaxTransactSize 4       | 32 MaxReadSize 4 | 36 MaxWriteSize 4 | 40 SystemTime 8
    // 48 ServerStartTime 8       | 56 SecurityBufferOffset 2 | 58 SecurityBufferLength 2
    // 60 NegotiateContextOffset 4 | 64 Buffer
    out.u16(STRUCTURE_SIZE).u16(securityMode.bits()).u16(dialect.revision());
    WireWriter.Slot contextCount = out.u16Slot();
    out.guid(serverGuid).bits32(capabilities.bits());
    out.u32(maxTransactSize).u32(maxReadSize).u32(maxWriteSize);
    out.bits64(systemTime).bits64(serverStartTime);
    WireWriter.Slot securityBufferOffset = out.u16Slot();
    WireWriter.Slot securityBufferLength = out.u16Slot();
    WireWriter.Slot contextOffset = out.u32Slot();
    out.set(securityBufferOffset, out.position()); // servers name an offset also for what is empty
    out.payload(
        securityBufferOffset, securityBufferLength, 1, buffer -> buffer.octets(securityBuffer));
    NegotiateContext.writeList(out, contextOffset, contextCount, contexts);
  }
}
