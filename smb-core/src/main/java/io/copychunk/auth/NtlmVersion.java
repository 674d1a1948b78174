package io.copychunk.auth;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The version of a peer (MS-NLMP 2.2.2.10), for people who debug.
 *
 * @param major 0 to 255
 * @param minor 0 to 255
 * @param build 0 to 65535
 * @param revision the revision of NTLMSSP, 0 to 255; 15 since Windows 2003
 */
public record NtlmVersion(int major, int minor, int build, int revision) {
  /** All zeros. */
  public static final NtlmVersion NONE = new NtlmVersion(0, 0, 0, 0);

  /** What we send: the protocol as it is since Windows 7. */
  public static final NtlmVersion OURS = new NtlmVersion(6, 1, 0, 15);

  static NtlmVersion read(WireReader in) {
    int major = in.u8();
    int minor = in.u8();
    int build = in.u16();
    in.skip(3);
    return new NtlmVersion(major, minor, build, in.u8());
  }

  void write(WireWriter out) {
    out.u8(major).u8(minor).u16(build).zeros(3).u8(revision);
  }
}
