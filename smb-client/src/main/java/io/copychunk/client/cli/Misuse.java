package io.copychunk.client.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one line, without the value of an option that might be a password. */
final class Misuse {
  private Misuse() {}

  static Failure of(ParameterException failure) {
    String help = failure.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help";
    String advice = failure instanceof UnmatchedArgumentException unmatched
            && SmbUrl.looksLikeOne(unmatched.getUnmatched().get(0))
        ? "copychunk key URL"
        : help;
    return Failure.usage("wrong usage", "", why(failure), advice);
  }

  private static String why(ParameterException failure) {
    String message = withoutPassword(String.valueOf(failure.getMessage()), failure.getValue());
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String first = SmbUrl.redact(unmatched.getUnmatched().get(0));
      return unmatched.isUnknownOption()
          ? noOption(first)
          : "there is no command \"" + first + "\"";
    }
    return failure instanceof MutuallyExclusiveArgsException
        ? message.replaceFirst("^Error: ", "")
        : message;
  }

  /** Somebody's user and password, as of a URL, may stand where an option expects something else. */
  private static String withoutPassword(String message, @Nullable String value) {
    return value != null && message.contains(value)
        ? message.replace(value, SmbUrl.redact(value))
        : SmbUrl.redactWithin(message);
  }

  private static String noOption(String option) {
    int end = option.startsWith("--") ? option.indexOf('=') : 2;
    String name = end < 0 || end > option.length() ? option : option.substring(0, end);
    String why = "there is no option " + name;
    return name.toLowerCase(Locale.ROOT).contains("pass")
        ? why
            + ", since others can see options; passwords come from -A FILE or COPYCHUNK_PASSWORD_FILE"
        : why;
  }
}
