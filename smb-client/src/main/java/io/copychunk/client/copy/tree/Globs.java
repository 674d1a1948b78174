package io.copychunk.client.copy.tree;

import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Chooses by patterns what of a tree is copied. A pattern without a slash is about names, wherever they
 * are; one with a slash is about paths from the tree's root. {@code *} stands for any characters but a
 * slash, {@code **} for any, {@code ?} for one, {@code [a-z]} and {@code [!a-z]} for one of a set. A
 * slash at the end makes it a pattern for directories alone. Case does not count, as on the server.
 * Immutable.
 */
public final class Globs implements BiPredicate<String, FileIdBothDirectoryInformation> {
  private final List<Glob> included;
  private final List<Glob> excluded;

  private record Glob(Pattern pattern, boolean ofPaths, boolean ofDirectories) {
    static Glob of(String text) {
      boolean ofDirectories = text.endsWith("/");
      String body = ofDirectories ? text.substring(0, text.length() - 1) : text;
      boolean ofPaths = body.indexOf('/') >= 0;
      if (body.startsWith("/")) {
        body = body.substring(1);
      }
      if (body.isEmpty()) {
        throw new IllegalArgumentException(
            "pattern: \"" + text + "\" (expected: a name or a path)");
      }
      int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
      return new Glob(Pattern.compile(regex(body), flags), ofPaths, ofDirectories);
    }

    boolean matches(String path, String name, boolean isDirectory) {
      return (isDirectory || !ofDirectories)
          && pattern.matcher(ofPaths ? path : name).matches();
    }
  }

  private Globs(List<Glob> included, List<Glob> excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  /**
   * Chooses by patterns.
   *
   * @param include a file is copied only if one of these matches it; all files if there are none
   * @param exclude files that one of these matches are not copied, and directories not looked into
   * @return a filter for {@link TreeOptions.Builder#filter}
   * @throws IllegalArgumentException when a pattern can not be understood
   */
  public static Globs of(List<String> include, List<String> exclude) {
    return new Globs(
        include.stream().map(Glob::of).toList(), exclude.stream().map(Glob::of).toList());
  }

  @Override
  public boolean test(String path, FileIdBothDirectoryInformation entry) {
    return test(path, entry.fileAttributes().isDirectory());
  }

  boolean test(String path, boolean isDirectory) {
    String slashed = path.replace('\\', '/');
    String name = slashed.substring(slashed.lastIndexOf('/') + 1);
    if (excluded.stream().anyMatch(glob -> glob.matches(slashed, name, isDirectory))) {
      return false;
    }
    return isDirectory
        || included.isEmpty()
        || included.stream().anyMatch(glob -> glob.matches(slashed, name, false));
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char at = glob.charAt(i);
      if (glob.startsWith("**/", i)) { // directories in between, or none
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (at == '*') {
        regex.append("[^/]*");
      } else if (at == '?') {
        regex.append("[^/]");
      } else if (at == '[') {
        int end = glob.indexOf(']', i + 2);
        if (end < 0) {
          throw new IllegalArgumentException(
              "pattern: \"" + glob + "\": [ without ] (expected: both, or neither)");
        }
        regex.append(set(glob.substring(i + 1, end)));
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(at)));
      }
    }
    return regex.toString();
  }

  private static String set(String members) {
    boolean negated = members.startsWith("!") || members.startsWith("^");
    String quoted = members
        .substring(negated ? 1 : 0)
        .replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("&&", "&\\&")
        .replace("^", "\\^");
    return (negated ? "[^/" : "[") + quoted + "]";
  }
}
