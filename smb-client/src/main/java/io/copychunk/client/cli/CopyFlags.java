package io.copychunk.client.cli;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.Verify;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how files are copied, of all commands that copy. */
final class CopyFlags {
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

  CopyOptions.Builder options() {
    return CopyOptions.builder()
        .replace(!noClobber)
        .inPlace(inPlace)
        .verify(verify)
        .sourceMayChange(allowChanges);
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
            "Carry over extended attributes, owner and access control list as well, as far as you may; times,"
                + " attributes, holes and alternate data streams are carried over in any case.")
    private boolean preserveAll;

    @Option(
        names = "--apple-copyfile",
        description =
            "Ask a server for macOS, or Samba with vfs_fruit, to copy each file with all its streams by one request;"
                + " others copy as usual.")
    private boolean appleCopyFile;

    void apply(CopyOptions.Builder options) throws CommandException {
      if (methods != null) {
        options.methods(methods.toArray(CopyMethod[]::new));
      }
      if (serverSideOnly) {
        options.serverSideOnly();
      }
      options.appleCopyFile(appleCopyFile);
      if (preserveAll) {
        options.preserveAll();
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
