package io.copychunk.fscc;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;

/**
 * A security descriptor in self-relative form (MS-DTYP 2.4.6), left as it is.
 *
 * @param parts which parts of it are meant
 * @param octets the descriptor
 */
public record SecurityDescriptor(SecurityInformation parts, Octets octets)
    implements SettableInformation {
  /**
   * The class that asks for some parts.
   *
   * @param parts which
   * @return the class
   */
  public static InformationClass<SecurityDescriptor> classOf(SecurityInformation parts) {
    return new InformationClass<>(
        InfoType.SECURITY,
        0,
        "SecurityDescriptor",
        parts.bits(),
        in -> new SecurityDescriptor(parts, in.rest()));
  }

  @Override
  public InfoType infoType() {
    return InfoType.SECURITY;
  }

  @Override
  public int code() {
    return 0;
  }

  @Override
  public int additionalInformation() {
    return parts.bits();
  }

  @Override
  public void write(WireWriter out) {
    out.octets(octets);
  }
}
