package io.copychunk.client.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something is: {@code smb://[domain;user@]host[:port]/share/path}, {@code //host[:port]/share/path} or {@code
 * \\host\share\path}.
 *
 * @param text as the user wrote it; holds no password
 * @param domain the user's domain, or null
 * @param user who is to log in, or null
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 * @param share the share's name
 * @param path from the share's root, with slashes, none at either end; empty for the root
 */
record SmbUrl(
    String text,
    @Nullable String domain,
    @Nullable String user,
    String host,
    int port,
    String share,
    String path) {
  static final int DEFAULT_PORT = 445;

  private static final String SCHEME = "smb://";
  private static final String FORMS =
      "smb://host/share/path, //host/share/path or \\\\host\\share\\path";
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+(%[^\\]]+)?\\]|[^:\\[\\]@\\s]+)(:(?<port>.*))?");

  /**
   * Behind the first colon or percent sign where a user stands, else behind the first colon. What stands before a colon
   * is a user as well, unless it is our scheme.
   */
  private static final Pattern SECRET = Pattern.compile(
      "^((?:smb:[/\\\\]+)?+[/\\\\]*+(?:[^:%/\\\\]*(?=[:%])|[^:]*(?=:)))[:%].*@",
      Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private static final Pattern ADDRESS = Pattern.compile("(?:[A-Za-z]+:[/\\\\]|//|\\\\\\\\)");

  /**
   * Reads what the user wrote.
   *
   * @throws CommandException when it is no such URL, or has a password in it
   */
  static SmbUrl parse(String text) throws CommandException {
    if (text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return url(text, text.substring(SCHEME.length()));
    }
    if (text.startsWith("\\\\")) {
      return unc(text, text.substring(2).replace('\\', '/'));
    }
    if (text.startsWith("//")) {
      return unc(text, text.substring(2).replace('\\', '/'));
    }
    throw bad(text, "not an SMB address", FORMS);
  }

  /** The text with what may be a password taken out. */
  static String redact(String text) {
    return SECRET.matcher(text).replaceFirst("$1:***@");
  }

  /**
   * A message in which somebody's text may stand, with what may be a password taken out: rather too much than too
   * little where it has no address.
   */
  static String redactWithin(String message) {
    Matcher address = ADDRESS.matcher(message);
    return address.find()
        ? message.substring(0, address.start()) + redact(message.substring(address.start()))
        : redact(message);
  }

  /** Whether somebody means an address by this, a wrong one perhaps. */
  static boolean looksLikeOne(String text) {
    return ADDRESS.matcher(text).lookingAt();
  }

  private static SmbUrl url(String text, String rest) throws CommandException {
    String authority = before(rest, '/');
    int at = authority.lastIndexOf('@');
    String userInfo = at < 0 ? "" : authority.substring(0, at);
    if (userInfo.indexOf(':') >= 0 || isCutPassword(authority, rest)) {
      throw hasPassword(text);
    }
    int semicolon = userInfo.indexOf(';');
    String domain = semicolon < 0 ? null : decode(text, userInfo.substring(0, semicolon));
    String user = at < 0 ? null : decode(text, userInfo.substring(semicolon + 1));
    if (user != null && user.isEmpty()) {
      throw bad(text, "the user's name is empty", SCHEME + "user@host/share/path");
    }
    if ((domain + user).indexOf(':') >= 0) { // it was encoded; no name has one
      throw hasPassword(text);
    }
    String path = rest.substring(authority.length());
    return at(text, domain, user, authority.substring(at + 1), path, true);
  }

  private static CommandException hasPassword(String text) {
    return bad(
        text,
        "a password has no place in a URL, where others can see it",
        "-A FILE, or -U USER and type it, or COPYCHUNK_PASSWORD_FILE");
  }

  /** In {@code user:pass/word@host} the authority ends too early, and its port is no number. */
  private static boolean isCutPassword(String authority, String rest) {
    int colon = authority.lastIndexOf(':');
    return colon >= 0
        && authority.indexOf(']') < colon
        && !authority.substring(colon + 1).matches("[0-9]*")
        && rest.indexOf('@') >= 0;
  }

  private static SmbUrl unc(String text, String rest) throws CommandException {
    String authority = before(rest, '/');
    if (rest.indexOf('@') >= 0 && (authority.indexOf('@') >= 0 || isCutPassword(authority, rest))) {
      throw bad(text, "a user has no place here", "-U USER, or " + SCHEME + "user@host/share/path");
    }
    return at(text, null, null, authority, rest.substring(authority.length()), false);
  }

  private static SmbUrl at(
      String text,
      @Nullable String domain,
      @Nullable String user,
      String authority,
      String path,
      boolean encoded)
      throws CommandException {
    Matcher server = AUTHORITY.matcher(authority);
    if (!server.matches()) {
      throw bad(text, "the host is missing or malformed", FORMS);
    }
    String host = server.group("host");
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    String inside = strip(path);
    String rawShare = before(inside, '/');
    String share = encoded ? component(text, rawShare) : rawShare;
    if (share.isEmpty()) {
      throw bad(text, "the share is missing", FORMS);
    }
    StringBuilder names = new StringBuilder();
    for (String name : strip(inside.substring(rawShare.length())).split("/+", -1)) {
      names.append(names.isEmpty() ? "" : "/").append(encoded ? component(text, name) : name);
    }
    checkNames(text, share + "/" + names);
    int port = server.group("port") == null ? DEFAULT_PORT : port(text, server.group("port"));
    return new SmbUrl(text, domain, user, host, port, share, names.toString());
  }

  private static void checkNames(String text, String names) throws CommandException {
    if (names.indexOf('\0') >= 0) {
      throw bad(text, "no name can have a NUL character in it", null);
    }
    for (String name : names.split("/", -1)) {
      if (name.equals(".") || name.equals("..")) {
        throw bad(text, "\"" + name + "\" has no meaning to a server", "the path without it");
      }
    }
  }

  private static int port(String text, String digits) throws CommandException {
    if (digits.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw bad(
        text, "the port is not a number from 1 to 65535", "no port, which means " + DEFAULT_PORT);
  }

  /** One name of the path, which may not turn out to be two. */
  private static String component(String text, String encoded) throws CommandException {
    String name = decode(text, encoded);
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw bad(
          text,
          "a name can not have a slash or a backslash in it",
          "slashes, not encoded, between names");
    }
    return name;
  }

  private static String decode(String text, String encoded) throws CommandException {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length() * 3);
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) != '%') {
        int end = encoded.indexOf('%', i) < 0 ? encoded.length() : encoded.indexOf('%', i);
        bytes.put(encoded.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
        continue;
      }
      String digits = encoded.substring(i + 1, Math.min(i + 3, encoded.length()));
      if (!digits.matches("[0-9A-Fa-f]{2}")) {
        throw bad(text, "% is not followed by two hexadecimal digits", "%25 for a percent sign");
      }
      bytes.put((byte) Integer.parseInt(digits, 16));
      i += 2;
    }
    try {
      CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return decoded.toString();
    } catch (CharacterCodingException e) {
      throw bad(text, "the bytes behind % are not UTF-8", "the characters as they are");
    }
  }

  private static String before(String text, char end) {
    int index = text.indexOf(end);
    return index < 0 ? text : text.substring(0, index);
  }

  private static String strip(String path) {
    int from = 0;
    int to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    return path.substring(from, to);
  }

  private static CommandException bad(String text, String why, @Nullable String advice) {
    return new CommandException(Failure.usage("wrong URL", redact(text), why, advice));
  }

  /** Where the server is, to compare. */
  String server() {
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** The last name of the path, or the share's. */
  String name() {
    return path.isEmpty() ? share : path.substring(path.lastIndexOf('/') + 1);
  }

  /** What is equal for names that stand for the same file on a server that ignores their case. */
  String key() {
    return (share + "/" + path).toLowerCase(Locale.ROOT);
  }

  /** Whether the user has ended it like the name of a directory. */
  boolean namesDirectory() {
    return text.endsWith("/") || text.endsWith("\\");
  }

  /** A file or directory in this directory. */
  SmbUrl child(String name) {
    boolean url = text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String parent = text.replaceFirst("[/\\\\]+$", "");
    String separator = text.startsWith("\\\\") ? "\\" : "/";
    return new SmbUrl(
        parent + separator + (url ? name.replace("%", "%25") : name),
        domain,
        user,
        host,
        port,
        share,
        path.isEmpty() ? name : path + "/" + name);
  }
}
