package io.copychunk.message;

/**
 * What a CREATE did (2.2.14). Values that have no constant here survive as they are.
 *
 * @param code as on the wire
 */
public record CreateAction(int code) {
  /** An existing file was replaced. */
  public static final CreateAction SUPERSEDED = new CreateAction(0);

  /** An existing file was opened. */
  public static final CreateAction OPENED = new CreateAction(1);

  /** A file was created. */
  public static final CreateAction CREATED = new CreateAction(2);

  /** An existing file was overwritten. */
  public static final CreateAction OVERWRITTEN = new CreateAction(3);

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(code);
  }
}
