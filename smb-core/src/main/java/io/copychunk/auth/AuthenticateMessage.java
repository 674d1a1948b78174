package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3), the client's last. Its text is UTF-16LE.
 *
 * @param lmResponse 24 bytes; one zero byte when the client is anonymous
 * @param ntResponse the NTLMv2_RESPONSE; no bytes when the client is anonymous
 * @param domain of the user
 * @param user the user's name
 * @param workstation of the client
 * @param encryptedSessionKey 16 bytes, or none without {@link NegotiateFlags#KEY_EXCH}
 * @param flags what both sides agreed to
 * @param version of the client; on the wire when {@link NegotiateFlags#VERSION} is set
 * @param mic 16 bytes, or null when the message has no place for it
 */
public record AuthenticateMessage(
    Octets lmResponse,
    Octets ntResponse,
    String domain,
    String user,
    String workstation,
    Octets encryptedSessionKey,
    NegotiateFlags flags,
    NtlmVersion version,
    @Nullable Octets mic) {
  /** Sixteen zero bytes: the place of a MIC that is not known yet. */
  public static final Octets ZERO_MIC = Octets.copyOf(new byte[16]);

  private static final int TYPE = 3;
  private static final int VERSION_END = 72;

  /** Creates a message. */
  public AuthenticateMessage {
    if (mic != null && mic.size() != ZERO_MIC.size()) {
      throw new IllegalArgumentException("mic: " + mic.size() + " bytes (expected: 16)");
    }
  }

  /**
   * Reads a message. It has a MIC when its payload starts behind the place of the MIC: that is how
   * the layout tells.
   *
   * @param message the whole message
   * @return the message
   * @throws MalformedMessageException when it is not an AUTHENTICATE_MESSAGE in Unicode
   */
  public static AuthenticateMessage read(Octets message) {
    WireReader in = message.reader();
    NtlmFields.readStart(in, TYPE);
    NtlmFields.Pointer[] pointers = new NtlmFields.Pointer[6];
    long payloadStart = message.size();
    for (int i = 0; i < pointers.length; i++) {
      pointers[i] = NtlmFields.Pointer.read(in);
      payloadStart = Math.min(payloadStart, pointers[i].payloadStart());
    }
    NegotiateFlags flags = new NegotiateFlags(in.bits32());
    if (!flags.has(NegotiateFlags.UNICODE)) {
      throw new MalformedMessageException("NegotiateFlags: " + flags + " (expected: UNICODE)");
    }
    boolean hasMic = payloadStart >= VERSION_END + ZERO_MIC.size();
    NtlmVersion version =
        hasMic || flags.has(NegotiateFlags.VERSION) ? NtlmVersion.read(in) : NtlmVersion.NONE;
    Octets mic = hasMic ? in.octets(ZERO_MIC.size()) : null;
    return new AuthenticateMessage(
        pointers[0].follow(in),
        pointers[1].follow(in),
        NtlmFields.utf16(pointers[2].follow(in)),
        NtlmFields.utf16(pointers[3].follow(in)),
        NtlmFields.utf16(pointers[4].follow(in)),
        pointers[5].follow(in),
        flags,
        version,
        mic);
  }

  /**
   * Writes the message.
   *
   * <pre>
   *  0 Signature 8                     44 WorkstationFields 8
   *  8 MessageType 4                   52 EncryptedRandomSessionKeyFields 8
   * 12 LmChallengeResponseFields 8     60 NegotiateFlags 4
   * 20 NtChallengeResponseFields 8     64 Version 8
   * 28 DomainNameFields 8              72 MIC 16
   * 36 UserNameFields 8
   * </pre>
   *
   * @return the whole message
   */
  public Octets write() {
    return Octets.copyOf(WireWriter.toBytes(out -> {
      NtlmFields.writeStart(out, TYPE);
      NtlmFields.Reserved lmField = NtlmFields.Reserved.in(out);
      NtlmFields.Reserved ntField = NtlmFields.Reserved.in(out);
      NtlmFields.Reserved domainField = NtlmFields.Reserved.in(out);
      NtlmFields.Reserved userField = NtlmFields.Reserved.in(out);
      NtlmFields.Reserved workstationField = NtlmFields.Reserved.in(out);
      NtlmFields.Reserved sessionKeyField = NtlmFields.Reserved.in(out);
      out.bits32(flags.bits());
      if (mic != null || flags.has(NegotiateFlags.VERSION)) {
        version.write(out);
      }
      if (mic != null) {
        out.octets(mic);
      }
      domainField.fill(out, NtlmFields.utf16(domain));
      userField.fill(out, NtlmFields.utf16(user));
      workstationField.fill(out, NtlmFields.utf16(workstation));
      lmField.fill(out, lmResponse);
      ntField.fill(out, ntResponse);
      sessionKeyField.fill(out, encryptedSessionKey);
    }));
  }

  /**
   * The same message with another MIC.
   *
   * @param newMic 16 bytes
   * @return a copy
   */
  public AuthenticateMessage withMic(Octets newMic) {
    return new AuthenticateMessage(
        lmResponse,
        ntResponse,
        domain,
        user,
        workstation,
        encryptedSessionKey,
        flags,
        version,
        newMic);
  }

  /** Who logs in; none of the proofs. */
  @Override
  public String toString() {
    return "AuthenticateMessage[" + PrintableText.of(domain + "\\" + user) + ", " + flags + "]";
  }
}
