package io.copychunk.client.error;

import org.jspecify.annotations.Nullable;

/**
 * A copy could not be made, for a reason that no single request has failed with, or left something
 * behind that its message names.
 */
public final class SmbCopyException extends SmbException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final @Nullable String leftover;

  /** Why. */
  public enum Reason {
    /** Source and target are the same file, under one name or two. */
    SAME_FILE,
    /** The target exists, and was not to be replaced. */
    TARGET_EXISTS,
    /** Another name of the target's directory differs from the target's in case alone. */
    NAME_TAKEN,
    /** A line of a list of paths is none that can be copied. */
    WRONG_PATH,
    /** More would be removed than may be. */
    TOO_MANY_REMOVALS,
    /** The target is a directory. */
    TARGET_IS_DIRECTORY,
    /** The source has grown, shrunk or changed meanwhile. */
    SOURCE_CHANGED,
    /** None of the methods that were allowed works here. */
    NO_METHOD,
    /** The server says that it copied, and tells of nothing that was. */
    NO_PROGRESS,
    /** The server's limits do not settle. */
    LIMITS,
    /** Target and source differ after the copy. */
    NOT_EQUAL,
    /** The server does not know a resume key that it has just given. */
    STALE_KEY,
    /** The server, or this user, can not read a link there, or not make one. */
    LINK,
    /** The name can not be held by the server of the target, or of the source. */
    NAME,
    /** The copy failed for another reason, the cause, and what it left could not be removed. */
    LEFTOVER
  }

  /**
   * Creates the exception.
   *
   * @param reason why
   * @param message what failed and where
   */
  public SmbCopyException(Reason reason, String message) {
    this(reason, message, null, null);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param reason why
   * @param message what failed and where
   * @param leftover the path of what was left behind, or null
   * @param cause what made it fail, or null
   */
  public SmbCopyException(
      Reason reason, String message, @Nullable String leftover, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.leftover = leftover;
  }

  /**
   * Why the copy could not be made.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * What could not be removed after the failure.
   *
   * @return the path of a temporary file, or null
   */
  public @Nullable String leftover() {
    return leftover;
  }

  /** That of the cause, if it has one. */
  @Override
  public Scope scope() {
    return getCause() instanceof SmbException cause ? cause.scope() : Scope.REQUEST;
  }

  @Override
  public SmbCopyException withCallersStack() {
    return new SmbCopyException(reason, getMessage(), leftover, this);
  }
}
