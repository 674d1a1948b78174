package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.Preserve;
import io.copychunk.client.copy.Verify;
import io.copychunk.client.copy.tree.Links;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how files are copied, of all commands that copy. */
final class CopyFlags {
  static final String ABOUT_EVENTS =
      "--log-json makes FILE if it is missing, and never empties it. docs/events.md lists the events: start, copied,"
          + " would-copy, skipped, removed, would-remove, failed, directory, progress, end. A FILE that can not be opened ends the command"
          + " before anything is done; one that takes no more, such as on a full disk, is told once, the copy goes on,"
          + " and the exit code is not 0.";

  @Option(
      names = {"-n", "--no-clobber"},
      description = "Leave targets that exist as they are.")
  private boolean noClobber;

  @Option(
      names = {"-u", "--update"},
      description = "Leave targets as they are that are not older than their source.")
  private boolean update;

  @Option(
      names = {"-T", "--no-target-directory"},
      description = "The target is the name of the copy, never a directory to copy into.")
  private boolean noTargetDirectory;

  @Option(
      names = "--in-place",
      description =
          "Write the target where it is, which keeps its identity and rights, but neither its old content nor the"
              + " new if the copy fails.")
  private boolean inPlace;

  @Option(
      names = "--verify",
      paramLabel = "HOW",
      converter = VerifyConverter.class,
      description =
          "none; size (the default): ask the server for the copy's size; full: read both over the network and compare.")
  private Verify verify = Verify.SIZE;

  @Option(
      names = "--allow-changes",
      description = "Do not fail when the source changes while it is copied; warn.")
  private boolean allowChanges;

  @Option(names = "--dry-run", description = "Say what would be copied, and change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "The result as one JSON object on standard output.")
  private boolean json;

  @Option(
      names = "--log-json",
      paramLabel = "FILE",
      description = "Append what happens to FILE while it happens, one JSON object a line.")
  private @Nullable Path logJson;

  boolean noClobber() {
    return noClobber;
  }

  boolean update() {
    return update;
  }

  boolean noTargetDirectory() {
    return noTargetDirectory;
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean json() {
    return json;
  }

  /** Opens the log of events, or one that goes nowhere. */
  EventLog openLog(Terminal terminal) throws CommandException {
    EventFile file = logJson == null ? null : open(logJson, terminal);
    return new EventLog(file, Clock.systemUTC(), System::nanoTime);
  }

  private static EventFile open(Path path, Terminal terminal) throws CommandException {
    if (path.toString().equals("-")) {
      throw new CommandException(Failure.usage(
          "wrong usage", "--log-json", "it cannot go to standard output", "--log-json FILE"));
    }
    try {
      return EventFile.open(
          path,
          failure -> terminal.alarm(
              path + " gets no more events, the copy goes on: " + EventFile.why(failure)));
    } catch (IOException e) {
      String where = "--log-json " + SmbUrl.redact(path.toString());
      throw new CommandException(
          Failure.usage("wrong usage", where, EventFile.why(e), "a file that you may write to"), e);
    }
  }

  /** Those that matter, for programs. */
  void describe(JsonWriter json) throws IOException {
    CopyOptions options = options().build();
    json.name("replace").value(options.replace());
    json.name("update").value(update);
    json.name("noTargetDirectory").value(noTargetDirectory);
    json.name("inPlace").value(options.inPlace());
    json.name("verify").value(JsonLine.word(options.verify()));
    json.name("allowChanges").value(options.sourceMayChange());
    json.name("dryRun").value(dryRun);
  }

  boolean inPlace() {
    return inPlace;
  }

  CopyOptions.Builder options() {
    return CopyOptions.builder()
        .replace(!noClobber)
        .inPlace(inPlace)
        .verify(verify)
        .sourceMayChange(allowChanges);
  }

  static final class LinksConverter implements ITypeConverter<Links> {
    @Override
    public Links convert(String value) {
      return switch (value) {
        case "keep" -> Links.KEEP;
        case "follow" -> Links.FOLLOW;
        case "skip" -> Links.SKIP;
        default ->
          throw new TypeConversionException("\"" + value + "\" is none of keep, follow, skip");
      };
    }
  }

  /** The options of server-side copies alone. */
  static final class ServerSide {
    @Option(
        names = "--method",
        paramLabel = "METHOD",
        split = ",",
        converter = MethodConverter.class,
        description =
            "The ways that may be used, by default all that work, the best first: clone,offload,copychunk,stream.")
    private @Nullable List<CopyMethod> methods;

    @Option(
        names = "--server-side-only",
        description = "Fail where the data would have to go through this machine.")
    private boolean serverSideOnly;

    @Option(
        names = {"-p", "--preserve-all"},
        description =
            "Carry over extended attributes, owner and access control list as well, as far as you may.")
    private boolean preserveAll;

    @Option(
        names = "--preserve",
        paramLabel = "WHAT[,WHAT...]",
        converter = PreserveConverter.class,
        description =
            "What to carry over besides the data, by default times,attributes,holes,streams; there are"
                + " extended-attributes and security too, or none at all.")
    private @Nullable Preserved preserved;

    @Option(
        names = "--apple-copyfile",
        description =
            "Ask a server for macOS, or Samba with vfs_fruit, to copy each file with all its streams by one request;"
                + " others copy as usual.")
    private boolean appleCopyFile;

    /** Those that matter, for programs. */
    static void describe(JsonWriter json, CopyOptions options) throws IOException {
      List<String> methods =
          options.methods().stream().sorted().map(CopyMethod::toString).toList();
      JsonLine.strings(json, "methods", methods);
      List<String> preserved =
          options.preserve().stream().sorted().map(JsonLine::word).toList();
      JsonLine.strings(json, "preserve", preserved);
      json.name("appleCopyFile").value(options.appleCopyFile());
    }

    void apply(CopyOptions.Builder options) throws CommandException {
      if (methods != null) {
        options.methods(methods.toArray(CopyMethod[]::new));
      }
      if (serverSideOnly) {
        options.serverSideOnly();
      }
      options.appleCopyFile(appleCopyFile);
      if (preserveAll && preserved != null) {
        throw new CommandException(Failure.usage(
            "wrong usage", "--preserve", "-p carries over all there is", "one of both"));
      }
      if (preserveAll) {
        options.preserveAll();
      }
      if (preserved != null) {
        options.preserve(preserved.what());
      }
      try {
        options.build();
      } catch (IllegalArgumentException e) {
        throw new CommandException(Failure.usage(
            "wrong usage",
            "--method",
            "no method is left that may be used",
            "--method without stream, or no --server-side-only"));
      }
    }
  }

  static final class MethodConverter implements ITypeConverter<CopyMethod> {
    @Override
    public CopyMethod convert(String value) {
      for (CopyMethod method : CopyMethod.values()) {
        if (method.toString().equals(value.toLowerCase(Locale.ROOT))) {
          return method;
        }
      }
      throw new TypeConversionException(
          "\"" + value + "\" is none of clone, offload, copychunk, stream");
    }
  }

  /** What is to be carried over, which may be nothing. */
  record Preserved(Set<Preserve> what) {}

  static final class PreserveConverter implements ITypeConverter<Preserved> {
    private static final Map<String, Preserve> WORDS = Map.of(
        "times", Preserve.TIMES,
        "attributes", Preserve.ATTRIBUTES,
        "holes", Preserve.SPARSENESS,
        "streams", Preserve.STREAMS,
        "extended-attributes", Preserve.EXTENDED_ATTRIBUTES,
        "security", Preserve.SECURITY);

    @Override
    public Preserved convert(String value) {
      Set<Preserve> what = EnumSet.noneOf(Preserve.class);
      if (value.equals("none")) {
        return new Preserved(what);
      }
      for (String word : value.split(",", -1)) {
        Preserve known = WORDS.get(word);
        if (known == null) {
          throw new TypeConversionException("\"" + word
              + "\" is none of times, attributes, holes, streams, extended-attributes, security");
        }
        what.add(known);
      }
      return new Preserved(what);
    }
  }

  static final class VerifyConverter implements ITypeConverter<Verify> {
    @Override
    public Verify convert(String value) {
      return switch (value) {
        case "none" -> Verify.NONE;
        case "size" -> Verify.SIZE;
        case "full" -> Verify.FULL;
        default ->
          throw new TypeConversionException("\"" + value + "\" is none of none, size, full");
      };
    }
  }
}
