package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyOptions;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.function.BiPredicate;

/** How trees are copied: immutable, with defaults that suit most. */
public final class TreeOptions {
  /** The largest number of files that a tree can be told to have under way. */
  public static final int MAX_FILES = 4096;

  private final CopyOptions files;
  private final int maxFiles;
  private final boolean update;
  private final boolean dryRun;
  private final Links links;
  private final BiPredicate<String, FileIdBothDirectoryInformation> filter;
  private final TreeListener listener;

  private TreeOptions(Builder builder) {
    this.files = builder.files;
    this.maxFiles = builder.maxFiles;
    this.update = builder.update;
    this.dryRun = builder.dryRun;
    this.links = builder.links;
    this.filter = builder.filter;
    this.listener = builder.listener;
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
   * The most files that are under way at once; it begins with fewer.
   *
   * @return 1 to {@value #MAX_FILES}, by default 512
   */
  public int maxFiles() {
    return maxFiles;
  }

  /**
   * Whether a file is left as it is that is not older than its source.
   *
   * @return by default false
   */
  public boolean update() {
    return update;
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

  /** Builds {@link TreeOptions}; confined to one thread. */
  public static final class Builder {
    private CopyOptions files = CopyOptions.defaults();
    private int maxFiles = 512;
    private boolean update;
    private boolean dryRun;
    private Links links = Links.KEEP;
    private BiPredicate<String, FileIdBothDirectoryInformation> filter = (path, entry) -> true;
    private TreeListener listener = TreeListener.NOBODY;

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
     * Sets whether a file is left as it is that is not older than its source.
     *
     * @param only whether it is
     * @return this builder
     */
    public Builder update(boolean only) {
      update = only;
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
     * Makes the options.
     *
     * @return immutable options
     * @throws IllegalArgumentException when the number of files is out of range
     */
    public TreeOptions build() {
      if (maxFiles < 1 || maxFiles > MAX_FILES) {
        throw new IllegalArgumentException(
            "maxFiles: " + maxFiles + " (expected: 1.." + MAX_FILES + ")");
      }
      return new TreeOptions(this);
    }
  }
}
