package io.copychunk.client.cli;

import io.copychunk.client.SessionSecurity;
import io.copychunk.wire.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** For people: a block of aligned lines for each key. */
final class KeyAsText implements KeyFormat {
  private final Terminal terminal;
  private boolean first = true;

  KeyAsText(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public byte[] format(KeyReport report) {
    HexFormat hex = HexFormat.of();
    SessionSecurity security = report.security();
    StringBuilder text = new StringBuilder();
    text.append(first ? "" : "\n")
        .append(terminal.bold(PrintableText.of(report.url())))
        .append('\n');
    first = false;
    line(text, "resume key", report.key());
    String context = report.context().isEmpty() ? "" : "  " + report.context();
    line(text, "context", report.contextLength() + " bytes" + context);
    line(text, "logged in as", who(security));
    line(text, "dialect", security.dialect().toString());
    line(
        text,
        "signing",
        security.signing() == null ? "none" : security.signing().toString());
    line(
        text,
        "encryption",
        security.encryption() == null ? "none" : security.encryption().toString());
    line(text, "round trips", Integer.toString(report.roundTrips()));
    line(
        text,
        "legacy fields",
        "resumeKey=%s timestamp=%s pid=%s"
            .formatted(
                hex.toHexDigits(report.legacy().resumeKey()),
                hex.toHexDigits(report.legacy().timestamp()),
                hex.toHexDigits(report.legacy().pid())));
    line(text, "", terminal.dim("(diagnostic view only: the key is opaque)"));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String who(SessionSecurity security) {
    return PrintableText.of(
        switch (security.identity()) {
          case USER -> security.user() + ", by " + security.mechanism();
          case GUEST -> "a guest, since " + security.user() + " was not accepted";
          case ANONYMOUS -> "nobody";
        });
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("  ")
        .append(label)
        .append(" ".repeat(15 - label.length()))
        .append(value)
        .append('\n');
  }
}
