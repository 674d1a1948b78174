package io.copychunk.message;

import io.copychunk.wire.WireWriter;

/** The body of an SMB2 message: everything behind the header. */
public sealed interface Smb2Message permits Smb2Request, Smb2Response {
  /**
   * Writes the body.
   *
   * @param out stands behind the header; its offsets count from the header's first byte
   */
  void writeBody(WireWriter out);
}
