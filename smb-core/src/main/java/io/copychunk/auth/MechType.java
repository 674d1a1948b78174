package io.copychunk.auth;

import java.util.Map;

/**
 * The object identifier of a GSS mechanism (RFC 4178 4.1). Mechanisms without a constant here
 * survive as they are.
 *
 * @param oid in dotted form
 */
public record MechType(String oid) {
  /** SPNEGO itself. */
  public static final MechType SPNEGO = new MechType("1.3.6.1.5.5.2");

  /** NTLM. */
  public static final MechType NTLMSSP = new MechType("1.3.6.1.4.1.311.2.2.10");

  /** Kerberos 5. */
  public static final MechType KERBEROS = new MechType("1.2.840.113554.1.2.2");

  /** Kerberos 5 with the one wrong number that Windows 2000 sent and Windows still lists. */
  public static final MechType MS_KERBEROS = new MechType("1.2.840.48018.1.2.2");

  /** NEGOEX. */
  public static final MechType NEGOEX = new MechType("1.3.6.1.4.1.311.2.2.30");

  private static final Map<MechType, String> NAMES = Map.of(
      SPNEGO, "SPNEGO",
      NTLMSSP, "NTLMSSP",
      KERBEROS, "Kerberos",
      MS_KERBEROS, "MS-Kerberos",
      NEGOEX, "NEGOEX");

  /** The mechanism's name, or its object identifier. */
  @Override
  public String toString() {
    return NAMES.getOrDefault(this, oid);
  }
}
