package io.copychunk.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files with a password in them. No line of them ever gets into a message. */
final class SecretFile {
  private static final int MAX_SIZE = 64 * 1024;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private SecretFile() {}

  /**
   * Reads the format of smbclient's {@code -A}: lines of {@code username = …}, {@code password = …} and {@code domain =
   * …}. Blank lines and lines that begin with # or ; are skipped.
   */
  static Login readAuth(Path file, Terminal terminal) throws CommandException {
    char[] text = read(file, terminal);
    String domain = null;
    String user = null;
    char[] password = null;
    try {
      int number = 0;
      for (int from = 0; from < text.length; ) {
        int end = endOfLine(text, from);
        int start = skipBlanks(text, from, end);
        number++;
        from = nextLine(text, from);
        if (start == end || text[start] == '#' || text[start] == ';') {
          continue;
        }
        int equals = indexOf(text, '=', start, end);
        String key = equals < 0
            ? ""
            : new String(text, start, equals - start).strip().toLowerCase(Locale.ROOT);
        char[] value = equals < 0
            ? new char[0]
            : Arrays.copyOfRange(text, skipBlanks(text, equals + 1, end), end);
        switch (key) {
          case "username" -> user = new String(value).strip();
          case "domain" -> domain = new String(value).strip();
          case "password" -> password = replace(password, value);
          case "realm" -> {}
          default -> {
            wipe(password);
            wipe(value);
            throw bad(
                file,
                "line " + number + " is not understood",
                "lines of \"username = …\", \"password = …\" and \"domain = …\"");
          }
        }
      }
    } finally {
      wipe(text);
    }
    return new Login(emptyToNull(domain), emptyToNull(user), password);
  }

  /** Reads the first line, which is the password. The caller wipes it. */
  static char[] readPassword(Path file, Terminal terminal) throws CommandException {
    char[] text = read(file, terminal);
    char[] password = Arrays.copyOfRange(text, 0, endOfLine(text, 0));
    wipe(text);
    return password;
  }

  private static char[] read(Path file, Terminal terminal) throws CommandException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_SIZE + 1);
      if (canOthersRead(file)) {
        terminal.warn(file + " can be read by others; try: chmod 600 " + file);
      }
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException
          ? "there is no such file"
          : SmbUrl.redactWithin(e.toString());
      throw new CommandException(
          bad(file, why, "the path of a file that you can read").failure(), e);
    }
    try {
      if (bytes.length > MAX_SIZE) {
        throw bad(file, "it is larger than " + MAX_SIZE / 1024 + " KiB", null);
      }
      CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
      char[] text = new char[decoded.remaining()];
      decoded.get(text);
      wipe(decoded.array());
      return text;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static boolean canOthersRead(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, new LinkOption[0]);
    return OTHERS.stream().anyMatch(permissions::contains);
  }

  /** Where the line ends, with or without a carriage return. */
  private static int endOfLine(char[] text, int from) {
    int end = nextLine(text, from);
    for (char c : new char[] {'\n', '\r'}) {
      if (end > from && text[end - 1] == c) {
        end--;
      }
    }
    return end;
  }

  private static int nextLine(char[] text, int from) {
    int newline = indexOf(text, '\n', from, text.length);
    return newline < 0 ? text.length : newline + 1;
  }

  private static int indexOf(char[] text, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int skipBlanks(char[] text, int from, int to) {
    int i = from;
    while (i < to && (text[i] == ' ' || text[i] == '\t')) {
      i++;
    }
    return i;
  }

  private static char[] replace(char @Nullable [] old, char[] value) {
    wipe(old);
    return value;
  }

  private static void wipe(char @Nullable [] secret) {
    if (secret != null) {
      Arrays.fill(secret, '\0');
    }
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static CommandException bad(Path file, String why, @Nullable String advice) {
    return new CommandException(
        Failure.usage("cannot use the credentials", SmbUrl.redact(file.toString()), why, advice));
  }
}
