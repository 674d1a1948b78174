package io.copychunk.message.context;

import io.copychunk.wire.AccessMask;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_QUERY_MAXIMAL_ACCESS_RESPONSE (2.2.14.2.5).
 *
 * @param queryStatus whether the rights are told
 * @param maximalAccess the rights that the user has at most
 */
public record QueryMaximalAccessResponse(NtStatus queryStatus, AccessMask maximalAccess)
    implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.MX_AC);

  static QueryMaximalAccessResponse read(WireReader in) {
    NtStatus queryStatus = NtStatus.of(in.bits32());
    return new QueryMaximalAccessResponse(queryStatus, new AccessMask(in.bits32()));
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 QueryStatus 4 | 4 MaximalAccess 4
    out.bits32(queryStatus.code()).bits32(maximalAccess.bits());
  }
}
