package io.copychunk.client.cli;

import java.util.HexFormat;

/** The 24 bytes of each key and nothing else. */
final class KeyAsBytes implements KeyFormat {
  @Override
  public byte[] format(KeyReport report) {
    return HexFormat.of().parseHex(report.key());
  }
}
