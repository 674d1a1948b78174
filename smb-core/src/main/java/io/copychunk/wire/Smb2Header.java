package io.copychunk.wire;

/**
 * The SMB2 packet header (2.2.1), in its synchronous and its asynchronous form.
 *
 * <pre>
 *  0 ProtocolId 4    FE 'S' 'M' 'B'     20 NextCommand 4
 *  4 StructureSize 2 64                 24 MessageId 8
 *  6 CreditCharge 2                     32 Reserved 4, TreeId 4 | AsyncId 8
 *  8 ChannelSequence 2, 2 | Status 4    40 SessionId 8
 * 12 Command 2                          48 Signature 16
 * 14 CreditRequest | CreditResponse 2
 * 16 Flags 4
 * </pre>
 *
 * @param creditCharge credits that the request uses, 0 to 65535; of no meaning in a response
 * @param status the outcome in a response; ChannelSequence, in the low 16 bits, in a request
 * @param command the command
 * @param credits CreditRequest or CreditResponse, 0 to 65535
 * @param flags the flags
 * @param nextCommand bytes from this header to the next one of the compound, 0 for the last
 * @param messageId matches a response to its request
 * @param treeId the tree connect; 0 when {@link HeaderFlags#ASYNC_COMMAND} is set
 * @param asyncId 0 unless {@link HeaderFlags#ASYNC_COMMAND} is set
 * @param sessionId the session
 * @param signature the signature, or {@link Signature#NONE}
 */
public record Smb2Header(
    int creditCharge,
    NtStatus status,
    Command command,
    int credits,
    HeaderFlags flags,
    long nextCommand,
    long messageId,
    int treeId,
    long asyncId,
    long sessionId,
    Signature signature) {
  /** The header's size in bytes. */
  public static final int SIZE = 64;

  /** Where NextCommand stands in the header. */
  public static final int NEXT_COMMAND_OFFSET = 20;

  /** Where Flags stands in the header. */
  public static final int FLAGS_OFFSET = 16;

  /** Where Signature stands in the header. */
  public static final int SIGNATURE_OFFSET = 48;

  /** The first four bytes, FE 'S' 'M' 'B', read as a little-endian integer. */
  public static final int PROTOCOL_ID = 0x424D53FE;

  /** The MessageId of what a server sends unasked. */
  public static final long UNSOLICITED = -1;

  /**
   * The header of a request that is not compounded, not asynchronous and not signed yet.
   *
   * @param command the command
   * @param messageId the request's number
   * @param sessionId the session, or 0
   * @param treeId the tree connect, or 0
   * @return the header, with a CreditCharge and a CreditRequest of 1
   */
  public static Smb2Header request(Command command, long messageId, long sessionId, int treeId) {
    return new Smb2Header(
        1,
        NtStatus.SUCCESS,
        command,
        1,
        HeaderFlags.NONE,
        0,
        messageId,
        treeId,
        0,
        sessionId,
        Signature.NONE);
  }

  /**
   * Reads a header.
   *
   * @param in stands at the header's first byte
   * @return the header
   * @throws MalformedMessageException when it is not an SMB2 header
   */
  public static Smb2Header read(WireReader in) {
    int protocolId = in.bits32();
    if (protocolId != PROTOCOL_ID) {
      throw new MalformedMessageException(
          "ProtocolId: 0x%08x (expected: 0x%08x)".formatted(protocolId, PROTOCOL_ID));
    }
    in.structureSize(SIZE);
    int creditCharge = in.u16();
    NtStatus status = NtStatus.of(in.bits32());
    Command command = Command.of(in.u16());
    int credits = in.u16();
    HeaderFlags flags = new HeaderFlags(in.bits32());
    long nextCommand = in.u32();
    long messageId = in.bits64();
    long asyncId = in.bits64();
    boolean async = flags.has(HeaderFlags.ASYNC_COMMAND);
    return new Smb2Header(
        creditCharge,
        status,
        command,
        credits,
        flags,
        nextCommand,
        messageId,
        async ? 0 : (int) (asyncId >>> 32),
        async ? asyncId : 0,
        in.bits64(),
        new Signature(in.bits64(), in.bits64()));
  }

  /**
   * Writes the header. The process id of the synchronous form is 0.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    out.bits32(PROTOCOL_ID)
        .u16(SIZE)
        .u16(creditCharge)
        .bits32(status.code())
        .u16(command.code())
        .u16(credits)
        .bits32(flags.bits())
        .u32(nextCommand)
        .bits64(messageId)
        .bits64(isAsync() ? asyncId : (long) treeId << 32)
        .bits64(sessionId)
        .bits64(signature.low())
        .bits64(signature.high());
  }

  /**
   * Whether this is the header of a response.
   *
   * @return whether SERVER_TO_REDIR is set
   */
  public boolean isResponse() {
    return flags.has(HeaderFlags.SERVER_TO_REDIR);
  }

  /**
   * Whether the header carries an AsyncId.
   *
   * @return whether ASYNC_COMMAND is set
   */
  public boolean isAsync() {
    return flags.has(HeaderFlags.ASYNC_COMMAND);
  }

  /**
   * Whether the message says that it is signed.
   *
   * @return whether SIGNED is set
   */
  public boolean isSigned() {
    return flags.has(HeaderFlags.SIGNED);
  }

  /**
   * The same header with other flags.
   *
   * @param newFlags the flags
   * @return a copy
   */
  public Smb2Header withFlags(HeaderFlags newFlags) {
    return new Smb2Header(
        creditCharge,
        status,
        command,
        credits,
        newFlags,
        nextCommand,
        messageId,
        treeId,
        asyncId,
        sessionId,
        signature);
  }

  /**
   * The same header with another NextCommand.
   *
   * @param bytes from this header to the next one
   * @return a copy
   */
  public Smb2Header withNextCommand(long bytes) {
    return new Smb2Header(
        creditCharge,
        status,
        command,
        credits,
        flags,
        bytes,
        messageId,
        treeId,
        asyncId,
        sessionId,
        signature);
  }
}
