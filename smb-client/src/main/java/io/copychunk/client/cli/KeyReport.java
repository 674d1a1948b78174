package io.copychunk.client.cli;

import io.copychunk.client.KeyedOpen;
import io.copychunk.client.LegacyResumeKeyView;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.SessionSecurity;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.wire.PrintableText;
import java.util.HexFormat;

/**
 * What is told about one key.
 *
 * @param url the file
 * @param key 48 hexadecimal digits
 * @param contextLength what the server says
 * @param context hexadecimal
 * @param legacy the key as the old documentation has it
 * @param security how the session is protected
 * @param roundTrips what this key took
 */
record KeyReport(
    String url,
    String key,
    long contextLength,
    String context,
    LegacyResumeKeyView legacy,
    SessionSecurity security,
    int roundTrips) {
  /** Reads the key while its file is open. */
  static KeyReport of(SmbUrl url, KeyedOpen keyed, SessionSecurity security)
      throws SmbClosedException {
    ResumeKey key = keyed.key();
    HexFormat hex = HexFormat.of();
    return new KeyReport(
        url.text(),
        hex.formatHex(key.bytes()),
        key.contextLength(),
        hex.formatHex(key.context()),
        key.legacyView(),
        security,
        keyed.roundTrips());
  }

  /** Says which key, and does not show it. */
  @Override
  public String toString() {
    return "KeyReport[" + PrintableText.of(url) + "]";
  }
}
