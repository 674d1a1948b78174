package io.copychunk.message;

import io.copychunk.wire.AccessMask;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 TREE_CONNECT Response (2.2.10).
 *
 * @param type what the share gives access to
 * @param flags the properties of the share
 * @param capabilities what the share offers
 * @param maximalAccess the rights that the user has at most
 */
public record TreeConnectResponse(
    ShareType type, ShareFlags flags, ShareCapabilities capabilities, AccessMask maximalAccess)
    implements Smb2Response {
  static final int STRUCTURE_SIZE = 16;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static TreeConnectResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    ShareType type = ShareType.of(in.u8());
    in.skip(1); // Reserved
    return new TreeConnectResponse(
        type,
        new ShareFlags(in.bits32()),
        new ShareCapabilities(in.bits32()),
        new AccessMask(in.bits32()));
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 ShareType 1  | 3 Reserved 1 | 4 ShareFlags 4
    // 8 Capabilities 4  | 12 MaximalAccess 4
    out.u16(STRUCTURE_SIZE).u8(type.code()).u8(0);
    out.bits32(flags.bits()).bits32(capabilities.bits()).bits32(maximalAccess.bits());
  }
}
