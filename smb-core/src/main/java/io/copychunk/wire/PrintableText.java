package io.copychunk.wire;

/**
 * Makes text from elsewhere safe for logs, messages and terminals: a hostile server chooses names, and
 * would choose them so that a line is forged, overwritten, or shown in another order.
 */
public final class PrintableText {
  /** The longest text that is shown in full, in code points. */
  public static final int MAX_CODE_POINTS = 1500;

  private static final int END = 500;
  private static final int START = MAX_CODE_POINTS - END;

  private PrintableText() {}

  /**
   * The text with controls, format characters (among them U+202A to U+202E and U+2066 to U+2069,
   * which turn the direction of text), line separators, unpaired surrogates and non-characters as
   * {@code \}{@code u….}.
   *
   * @param text any
   * @return printable; of more than {@value #MAX_CODE_POINTS} code points only the beginning and the
   *     end, where messages say why, with "…" between
   */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    if (text.codePointCount(0, text.length()) <= MAX_CODE_POINTS) {
      append(text, 0, text.length(), out);
    } else {
      append(text, 0, text.offsetByCodePoints(0, START), out);
      out.append('…');
      append(text, text.offsetByCodePoints(text.length(), -END), text.length(), out);
    }
    return out.toString();
  }

  private static void append(String text, int from, int to, StringBuilder out) {
    for (int i = from; i < to; ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (isHarmless(codePoint)) {
        out.appendCodePoint(codePoint);
      } else {
        out.append(
            codePoint < 0x1_0000 ? "\\u%04x".formatted(codePoint) : "\\U%08x".formatted(codePoint));
      }
    }
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
