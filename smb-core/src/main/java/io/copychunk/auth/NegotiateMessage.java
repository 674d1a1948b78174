package io.copychunk.auth;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * NEGOTIATE_MESSAGE (MS-NLMP 2.2.1.1), the first one.
 *
 * @param flags what the client wants
 * @param domain OEM text, usually no bytes
 * @param workstation OEM text, usually no bytes
 * @param version of the client; on the wire only when {@link NegotiateFlags#VERSION} is set
 */
public record NegotiateMessage(
    NegotiateFlags flags, Octets domain, Octets workstation, NtlmVersion version) {
  private static final int TYPE = 1;

  /**
   * Reads a message.
   *
   * @param message the whole message
   * @return the message
   * @throws io.copychunk.wire.MalformedMessageException when it is not a NEGOTIATE_MESSAGE
   */
  public static NegotiateMessage read(Octets message) {
    WireReader in = message.reader();
    NtlmFields.readStart(in, TYPE);
    NegotiateFlags flags = new NegotiateFlags(in.bits32());
    NtlmFields.Pointer domain = NtlmFields.Pointer.read(in);
    NtlmFields.Pointer workstation = NtlmFields.Pointer.read(in);
    NtlmVersion version =
        flags.has(NegotiateFlags.VERSION) ? NtlmVersion.read(in) : NtlmVersion.NONE;
    return new NegotiateMessage(flags, domain.follow(in), workstation.follow(in), version);
  }

  /**
   * Writes the message.
   *
   * <pre>
   *  0 Signature 8          16 DomainNameFields 8
   *  8 MessageType 4        24 WorkstationFields 8
   * 12 NegotiateFlags 4     32 Version 8
   * </pre>
   *
   * @return the whole message
   */
  public Octets write() {
    return Octets.copyOf(WireWriter.toBytes(out -> {
      NtlmFields.writeStart(out, TYPE);
      out.bits32(flags.bits());
      NtlmFields.Reserved domainField = NtlmFields.Reserved.in(out);
      NtlmFields.Reserved workstationField = NtlmFields.Reserved.in(out);
      if (flags.has(NegotiateFlags.VERSION)) {
        version.write(out);
      }
      domainField.fill(out, domain);
      workstationField.fill(out, workstation);
    }));
  }
}
