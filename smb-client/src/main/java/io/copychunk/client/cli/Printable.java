package io.copychunk.client.cli;

/** Makes text from elsewhere safe for a terminal: names and messages may come from a hostile server. */
final class Printable {
  private static final int MAX_CODE_POINTS = 1500;

  private Printable() {}

  /**
   * The text with controls, bidirectional controls, line separators and non-characters as {@code \}{@code u….}, and cut
   * when it is too long for a line.
   */
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int count = 0;
    for (int i = 0; i < text.length(); count++) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (count == MAX_CODE_POINTS) {
        return out.append('…').toString();
      }
      if (isHarmless(codePoint)) {
        out.appendCodePoint(codePoint);
      } else {
        out.append(
            codePoint < 0x1_0000 ? "\\u%04x".formatted(codePoint) : "\\U%08x".formatted(codePoint));
      }
    }
    return out.toString();
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
