package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2), the server's.
 *
 * @param targetName the server or its domain; UTF-16LE when {@link NegotiateFlags#UNICODE} is set
 * @param flags what the server agreed to
 * @param serverChallenge 8 bytes
 * @param targetInfo the server in AV pairs; on the wire only when {@link
 *     NegotiateFlags#TARGET_INFO} is set
 * @param version of the server; on the wire only when {@link NegotiateFlags#VERSION} is set
 */
public record ChallengeMessage(
    Octets targetName,
    NegotiateFlags flags,
    Octets serverChallenge,
    AvPairs targetInfo,
    NtlmVersion version) {
  private static final int TYPE = 2;
  private static final int CHALLENGE_SIZE = 8;

  /** Creates a message. */
  public ChallengeMessage {
    if (serverChallenge.size() != CHALLENGE_SIZE) {
      throw new IllegalArgumentException(
          "serverChallenge: " + serverChallenge.size() + " bytes (expected: 8)");
    }
  }

  /**
   * Reads a message.
   *
   * @param message the whole message
   * @return the message
   * @throws MalformedMessageException when it is not a CHALLENGE_MESSAGE
   */
  public static ChallengeMessage read(Octets message) {
    WireReader in = message.reader();
    NtlmFields.readStart(in, TYPE);
    NtlmFields.Pointer targetName = NtlmFields.Pointer.read(in);
    NegotiateFlags flags = new NegotiateFlags(in.bits32());
    Octets serverChallenge = in.octets(CHALLENGE_SIZE);
    in.skip(8);
    NtlmFields.Pointer targetInfo = NtlmFields.Pointer.read(in);
    NtlmVersion version =
        flags.has(NegotiateFlags.VERSION) ? NtlmVersion.read(in) : NtlmVersion.NONE;
    return new ChallengeMessage(
        targetName.follow(in),
        flags,
        serverChallenge,
        flags.has(NegotiateFlags.TARGET_INFO) ? AvPairs.read(targetInfo.follow(in)) : AvPairs.NONE,
        version);
  }

  /**
   * Writes the message.
   *
   * <pre>
   *  0 Signature 8            24 ServerChallenge 8
   *  8 MessageType 4          32 Reserved 8
   * 12 TargetNameFields 8     40 TargetInfoFields 8
   * 20 NegotiateFlags 4       48 Version 8
   * </pre>
   *
   * @return the whole message
   */
  public Octets write() {
    return Octets.copyOf(WireWriter.toBytes(out -> {
      NtlmFields.writeStart(out, TYPE);
      NtlmFields.Reserved targetNameField = NtlmFields.Reserved.in(out);
      out.bits32(flags.bits()).octets(serverChallenge).zeros(8);
      NtlmFields.Reserved targetInfoField = NtlmFields.Reserved.in(out);
      if (flags.has(NegotiateFlags.VERSION)) {
        version.write(out);
      }
      targetNameField.fill(out, targetName);
      if (flags.has(NegotiateFlags.TARGET_INFO)) {
        targetInfoField.fill(out, targetInfo.write());
      }
    }));
  }
}
