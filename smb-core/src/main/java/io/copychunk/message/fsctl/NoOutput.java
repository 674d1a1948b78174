package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;

/** What an FSCTL returns that returns nothing. */
public enum NoOutput {
  /** There is only one. */
  NONE;

  /** Whatever a server sends in spite of that is ignored. */
  static NoOutput read(WireReader in) {
    in.skip(in.remaining());
    return NONE;
  }
}
