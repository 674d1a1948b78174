package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** How trees are copied: immutable, with defaults that suit most. */
public final class TreeOptions {
  /** The largest number of files that a tree can be told to have under way. */
  public static final int MAX_FILES = 4096;

  /**
   * At most half of what the target has is removed, or ten files and directories if that is more, but
   * never all.
   */
  public static final long AT_MOST_HALF = -1;

  private final CopyOptions files;
  private final int maxFiles;
  private final Compare compare;
  private final boolean recursive;
  private final boolean dryRun;
  private final boolean removesExtra;
  private final long maxRemovals;
  private final Links links;
  private final BiPredicate<String, FileIdBothDirectoryInformation> filter;
  private final TreeListener listener;
  private final Journal.@Nullable Part journal;

  private TreeOptions(Builder builder) {
    this.files = builder.files;
    this.maxFiles = builder.maxFiles;
    this.compare = builder.compare;
    this.recursive = builder.recursive;
    this.dryRun = builder.dryRun;
    this.removesExtra = builder.removesExtra;
    this.maxRemovals = builder.maxRemovals;
    this.links = builder.links;
    this.filter = builder.filter;
    this.listener = builder.listener;
    this.journal = builder.journal;
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
   * How each file is copied.
   *
   * @return by default with the defaults of copies
   */
  public CopyOptions files() {
    return files;
  }

  /**
   * The most files that are under way at once; fewer where the way to the server is short, and at first.
   *
   * @return 1 to {@value #MAX_FILES}, by default 512
   */
  public int maxFiles() {
    return maxFiles;
  }

  /**
   * When a file that exists is left as it is; not to be replaced at all is up to {@link #files}.
   *
   * @return by default never
   */
  public Compare compare() {
    return compare;
  }

  /**
   * Whether a directory that a list of paths names is copied with all that is in it; else it is told as
   * failed.
   *
   * @return by default true
   */
  public boolean recursive() {
    return recursive;
  }

  /**
   * Whether nothing is changed, and the listener is told what would be copied.
   *
   * @return by default false
   */
  public boolean dryRun() {
    return dryRun;
  }

  /**
   * Whether what the target has and the source has not is removed, when all is copied. Nothing is where
   * something could not be copied. What the filter does not accept stays.
   *
   * @return by default false
   */
  public boolean removesExtra() {
    return removesExtra;
  }

  /**
   * The most files and directories that are removed; where it would be more, none is, and that is told
   * as a failure.
   *
   * @return a number, or {@link #AT_MOST_HALF}, which is the default
   */
  public long maxRemovals() {
    return maxRemovals;
  }

  /**
   * What becomes of symbolic links and other reparse points.
   *
   * @return by default {@link Links#KEEP}
   */
  public Links links() {
    return links;
  }

  /**
   * What is copied at all.
   *
   * @return is given the path from the tree's root, with backslashes, and the entry; a directory that it
   *     does not accept is not looked into
   */
  public BiPredicate<String, FileIdBothDirectoryInformation> filter() {
    return filter;
  }

  /**
   * Who is told what becomes of everything.
   *
   * @return by default nobody
   */
  public TreeListener listener() {
    return listener;
  }

  /**
   * Where it is noted what is complete, and was before.
   *
   * @return by default null, which is nowhere
   */
  public Journal.@Nullable Part journal() {
    return journal;
  }

  /** Builds {@link TreeOptions}; confined to one thread. */
  public static final class Builder {
    private CopyOptions files = CopyOptions.defaults();
    private int maxFiles = 512;
    private Compare compare = Compare.NONE;
    private boolean recursive = true;
    private boolean dryRun;
    private boolean removesExtra;
    private long maxRemovals = AT_MOST_HALF;
    private Links links = Links.KEEP;
    private BiPredicate<String, FileIdBothDirectoryInformation> filter = (path, entry) -> true;
    private TreeListener listener = TreeListener.NOBODY;
    private Journal.@Nullable Part journal;

    Builder() {}

    /**
     * Sets how each file is copied. Their listener to progress is not called.
     *
     * @param options of a file
     * @return this builder
     */
    public Builder files(CopyOptions options) {
      files = options;
      return this;
    }

    /**
     * Sets the most files that are under way at once.
     *
     * @param count 1 to {@value #MAX_FILES}
     * @return this builder
     */
    public Builder maxFiles(int count) {
      maxFiles = count;
      return this;
    }

    /**
     * Sets when a file that exists is left as it is.
     *
     * @param when by what it is compared with its source
     * @return this builder
     */
    public Builder compare(Compare when) {
      compare = when;
      return this;
    }

    /**
     * Sets whether a directory that a list of paths names is copied with all that is in it.
     *
     * @param whole whether it is
     * @return this builder
     */
    public Builder recursive(boolean whole) {
      recursive = whole;
      return this;
    }

    /**
     * Sets whether nothing is changed, and the listener is told what would be copied.
     *
     * @param rehearsed whether it is
     * @return this builder
     */
    public Builder dryRun(boolean rehearsed) {
      dryRun = rehearsed;
      return this;
    }

    /**
     * Sets whether what the target has and the source has not is removed.
     *
     * @param extra whether it is
     * @return this builder
     */
    public Builder removesExtra(boolean extra) {
      removesExtra = extra;
      return this;
    }

    /**
     * Sets the most files and directories that are removed.
     *
     * @param most 0 or more, or {@link #AT_MOST_HALF}
     * @return this builder
     */
    public Builder maxRemovals(long most) {
      maxRemovals = most;
      return this;
    }

    /**
     * Sets what becomes of symbolic links and other reparse points.
     *
     * @param how the policy
     * @return this builder
     */
    public Builder links(Links how) {
      links = how;
      return this;
    }

    /**
     * Sets what is copied at all.
     *
     * @param accepts is called on an event loop and must not block
     * @return this builder
     */
    public Builder filter(BiPredicate<String, FileIdBothDirectoryInformation> accepts) {
      filter = accepts;
      return this;
    }

    /**
     * Sets who is told what becomes of everything.
     *
     * @param told is called on the callback executor
     * @return this builder
     */
    public Builder listener(TreeListener told) {
      listener = told;
      return this;
    }

    /**
     * Sets where it is noted what is complete. What an earlier process has noted there is not copied
     * again where source and target are as they were then.
     *
     * @param part of a job's journal, which the caller closes or ends
     * @return this builder
     */
    public Builder journal(Journal.@Nullable Part part) {
      journal = part;
      return this;
    }

    /**
     * Makes the options.
     *
     * @return immutable options
     * @throws IllegalArgumentException when a number is out of range
     */
    public TreeOptions build() {
      if (maxFiles < 1 || maxFiles > MAX_FILES) {
        throw new IllegalArgumentException(
            "maxFiles: " + maxFiles + " (expected: 1.." + MAX_FILES + ")");
      }
      if (maxRemovals < AT_MOST_HALF) {
        throw new IllegalArgumentException("maxRemovals: " + maxRemovals + " (expected: >= 0)");
      }
      return new TreeOptions(this);
    }
  }
}
