package io.copychunk.client.copy;

import io.copychunk.client.copy.internal.Basics;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How files are copied: immutable, with defaults that suit most. By default every method may be used,
 * a target is replaced when the copy is complete and not before, its size is checked, and times,
 * attributes, holes and alternate data streams are carried over.
 */
public final class CopyOptions {
  /** The largest number of requests that one copy can be told to have under way. */
  public static final int MAX_WINDOW = 256;

  /** The listener where there is none. */
  public static final Consumer<CopyProgress> NOBODY = progress -> {};

  private static final CopyOptions DEFAULTS = new Builder().build();

  private final Set<CopyMethod> methods;
  private final Set<Preserve> preserve;
  private final Verify verify;
  private final boolean replace;
  private final boolean assumeNew;
  private final Supplier<@Nullable String> temporaryDirectory;
  private final boolean inPlace;
  private final boolean sourceMayChange;
  private final boolean appleCopyFile;
  private final int maxWindow;
  private final Consumer<CopyProgress> progress;

  private CopyOptions(Builder builder) {
    this.methods = EnumSet.copyOf(builder.methods);
    this.preserve = builder.preserve.clone();
    this.verify = builder.verify;
    this.replace = builder.replace;
    this.assumeNew = builder.assumeNew;
    this.temporaryDirectory = builder.temporaryDirectory;
    this.inPlace = builder.inPlace;
    this.sourceMayChange = builder.sourceMayChange;
    this.appleCopyFile = builder.appleCopyFile;
    this.maxWindow = builder.maxWindow;
    this.progress = builder.progress;
  }

  /**
   * The defaults.
   *
   * @return a shared instance
   */
  public static CopyOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Starts from the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from these options.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.methods = EnumSet.copyOf(methods);
    builder.preserve =
        preserve.isEmpty() ? EnumSet.noneOf(Preserve.class) : EnumSet.copyOf(preserve);
    builder.verify = verify;
    builder.replace = replace;
    builder.assumeNew = assumeNew;
    builder.temporaryDirectory = temporaryDirectory;
    builder.inPlace = inPlace;
    builder.sourceMayChange = sourceMayChange;
    builder.appleCopyFile = appleCopyFile;
    builder.maxWindow = maxWindow;
    builder.progress = progress;
    return builder;
  }

  /**
   * The methods that may be used.
   *
   * @return at least one, the best first
   */
  public Set<CopyMethod> methods() {
    return Collections.unmodifiableSet(methods);
  }

  boolean allows(CopyMethod method) {
    return methods.contains(method);
  }

  /**
   * What is carried over besides the data.
   *
   * @return by default all but extended attributes and security
   */
  public Set<Preserve> preserve() {
    return Collections.unmodifiableSet(preserve);
  }

  boolean preserves(Preserve what) {
    return preserve.contains(what);
  }

  /** Which times and attributes are carried over. */
  Basics basics() {
    return new Basics(preserves(Preserve.TIMES), preserves(Preserve.ATTRIBUTES));
  }

  /**
   * How a copy is checked before it gets its name.
   *
   * @return by default its size
   */
  public Verify verify() {
    return verify;
  }

  /**
   * Whether a target that exists is replaced.
   *
   * @return by default true; false when it is assumed that there is none
   */
  public boolean replace() {
    return replace && !assumeNew;
  }

  /**
   * Whether nobody looks for a target that exists before the copy is made.
   *
   * @return by default false
   */
  public boolean assumeNew() {
    return assumeNew;
  }

  /**
   * Where a copy that begins now is until it has its name.
   *
   * @return a directory of the target's share, or null for that of the target
   */
  public @Nullable String temporaryDirectory() {
    return temporaryDirectory.get();
  }

  /**
   * Whether the target is written where it is, and not under a temporary name.
   *
   * @return by default false
   */
  public boolean inPlace() {
    return inPlace;
  }

  /**
   * Whether a copy succeeds whose source has changed meanwhile, if only its result says so.
   *
   * @return by default false: it fails
   */
  public boolean sourceMayChange() {
    return sourceMayChange;
  }

  /**
   * Whether a server for macOS is asked to copy whole files with all their streams by one request.
   *
   * @return by default false
   */
  public boolean appleCopyFile() {
    return appleCopyFile;
  }

  /**
   * The most requests that one copy has under way; it begins with fewer, and finds out itself how many
   * are of use.
   *
   * @return 1 to {@value #MAX_WINDOW}, by default 64
   */
  public int maxWindow() {
    return maxWindow;
  }

  /**
   * Who is told how far a copy is.
   *
   * @return by default nobody
   */
  public Consumer<CopyProgress> progress() {
    return progress;
  }

  /** All options but the listener, in a line. */
  @Override
  public String toString() {
    return "CopyOptions[methods " + methods + ", preserve " + preserve + ", verify " + verify
        + (replace() ? "" : ", no replacing") + (assumeNew ? ", assumed to be new" : "")
        + (temporaryDirectory() == null ? "" : ", temporary in " + temporaryDirectory())
        + (inPlace ? ", in place" : "")
        + (sourceMayChange ? ", source may change" : "")
        + (appleCopyFile ? ", Apple copyfile" : "") + ", window <= " + maxWindow + "]";
  }

  /** Builds {@link CopyOptions}; confined to one thread. */
  public static final class Builder {
    private EnumSet<CopyMethod> methods = EnumSet.allOf(CopyMethod.class);
    private EnumSet<Preserve> preserve =
        EnumSet.complementOf(EnumSet.of(Preserve.EXTENDED_ATTRIBUTES, Preserve.SECURITY));
    private Verify verify = Verify.SIZE;
    private boolean replace = true;
    private boolean assumeNew;
    private Supplier<@Nullable String> temporaryDirectory = () -> null;
    private boolean inPlace;
    private boolean sourceMayChange;
    private boolean appleCopyFile;
    private int maxWindow = 64;
    private Consumer<CopyProgress> progress = NOBODY;

    Builder() {}

    /**
     * Sets the methods that may be used; they are tried in the order of {@link CopyMethod}.
     *
     * @param some at least one
     * @return this builder
     */
    public Builder methods(CopyMethod... some) {
      methods = EnumSet.noneOf(CopyMethod.class);
      methods.addAll(Arrays.asList(some));
      return this;
    }

    /**
     * Lets no data go through the client: what the server can not copy by itself fails.
     *
     * @return this builder
     */
    public Builder serverSideOnly() {
      methods.remove(CopyMethod.STREAM);
      return this;
    }

    /**
     * Sets what is carried over besides the data.
     *
     * @param some any, or none
     * @return this builder
     */
    public Builder preserve(Collection<Preserve> some) {
      preserve = EnumSet.noneOf(Preserve.class);
      preserve.addAll(some);
      return this;
    }

    /**
     * Carries over all that the user may read and set.
     *
     * @return this builder
     */
    public Builder preserveAll() {
      preserve = EnumSet.allOf(Preserve.class);
      return this;
    }

    /**
     * Sets how a copy is checked before it gets its name.
     *
     * @param how the check
     * @return this builder
     */
    public Builder verify(Verify how) {
      verify = how;
      return this;
    }

    /**
     * Sets whether a target that exists is replaced.
     *
     * @param whether else the copy fails
     * @return this builder
     */
    public Builder replace(boolean whether) {
      replace = whether;
      return this;
    }

    /**
     * Sets whether it is taken for granted that nothing has the target's name, as in a directory that
     * was just made: that saves a request. If there is something all the same it stays, and the copy
     * fails, though not before its data was copied.
     *
     * @param assume by default false
     * @return this builder
     */
    public Builder assumeNew(boolean assume) {
      assumeNew = assume;
      return this;
    }

    /**
     * Sets where a copy is until it has its name. Servers that look for names without regard to case
     * read the whole directory for each new one, so that a small directory for the temporary names
     * saves time beside a large one. What a file inherits from its directory it inherits from this
     * one.
     *
     * @param directory an existing directory of the target's volume, from the share's root, or null
     *     for the target's own
     * @return this builder
     */
    public Builder temporaryDirectory(@Nullable String directory) {
      return temporaryDirectory(() -> directory);
    }

    /**
     * The same for a directory that may not be there yet when a copy is started.
     *
     * @param directory is asked when the source is open and the target is about to be made, on any
     *     thread; must not block
     * @return this builder
     */
    public Builder temporaryDirectory(Supplier<@Nullable String> directory) {
      temporaryDirectory = directory;
      return this;
    }

    /**
     * Sets whether the target is written where it is. It keeps its identity and its rights then, and
     * is neither old nor new until the copy has succeeded.
     *
     * @param whether else it is written under a temporary name and renamed
     * @return this builder
     */
    public Builder inPlace(boolean whether) {
      inPlace = whether;
      return this;
    }

    /**
     * Sets whether a copy succeeds whose source has changed meanwhile.
     *
     * @param whether else it fails
     * @return this builder
     */
    public Builder sourceMayChange(boolean whether) {
      sourceMayChange = whether;
      return this;
    }

    /**
     * Sets whether a server for macOS is asked to copy whole files by one request: AAPL copyfile, which
     * carries over all streams, whatever else is told to be. It counts as {@link CopyMethod#COPYCHUNK},
     * and is used only where that may be, between shares of one session, for a target without content.
     * Elsewhere the usual methods are used, and the result says why. Some servers then tell no file
     * ids any more on this connection; see {@link io.copychunk.client.OpenOptions#withAaplQuery}.
     *
     * @param whether else it is not asked for
     * @return this builder
     */
    public Builder appleCopyFile(boolean whether) {
      appleCopyFile = whether;
      return this;
    }

    /**
     * Sets the most requests that one copy has under way.
     *
     * @param requests 1 to {@value CopyOptions#MAX_WINDOW}
     * @return this builder
     */
    public Builder maxWindow(int requests) {
      maxWindow = requests;
      return this;
    }

    /**
     * Sets who is told how far a copy is: after each request, on the callback executor, by one thread
     * at a time. Whoever takes long is told of the latest alone. No copy has its name before its
     * listener was told all, so that it can cancel it until then.
     *
     * @param listener the listener
     * @return this builder
     */
    public Builder progress(Consumer<CopyProgress> listener) {
      progress = listener;
      return this;
    }

    /**
     * Builds the options.
     *
     * @return immutable options
     * @throws IllegalArgumentException when no method is left, or the window is out of its range
     */
    public CopyOptions build() {
      if (methods.isEmpty()) {
        throw new IllegalArgumentException("methods: none (expected: >= 1)");
      }
      if (maxWindow < 1 || maxWindow > MAX_WINDOW) {
        throw new IllegalArgumentException(
            "maxWindow: " + maxWindow + " (expected: 1.." + MAX_WINDOW + ")");
      }
      return new CopyOptions(this);
    }
  }
}
