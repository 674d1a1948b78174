package io.copychunk.wire;

/** The dialects of the protocol that we speak, in ascending order (2.2.3). */
public enum Dialect {
  /** SMB 2.0.2, Windows Vista SP1. */
  SMB_2_0_2(0x0202, "2.0.2"),
  /** SMB 2.1, Windows 7. */
  SMB_2_1(0x0210, "2.1"),
  /** SMB 3.0, Windows 8. */
  SMB_3_0(0x0300, "3.0"),
  /** SMB 3.0.2, Windows 8.1. */
  SMB_3_0_2(0x0302, "3.0.2"),
  /** SMB 3.1.1, Windows 10. */
  SMB_3_1_1(0x0311, "3.1.1");

  private final int revision;
  private final String label;

  Dialect(int revision, String label) {
    this.revision = revision;
    this.label = label;
  }

  /**
   * The dialect with a DialectRevision.
   *
   * @param revision such as 0x0311
   * @return the dialect
   * @throws MalformedMessageException for a revision that is not one of ours; this includes 0x02FF,
   *     which only answers an SMB1 negotiation
   */
  public static Dialect of(int revision) {
    for (Dialect dialect : values()) {
      if (dialect.revision == revision) {
        return dialect;
      }
    }
    throw new MalformedMessageException("Dialect: 0x%04x".formatted(revision));
  }

  /**
   * The dialect with a label.
   *
   * @param label such as "3.1.1"
   * @return the dialect
   * @throws IllegalArgumentException for any other text
   */
  public static Dialect ofLabel(String label) {
    for (Dialect dialect : values()) {
      if (dialect.label.equals(label)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "dialect: " + label + " (expected: 2.0.2, 2.1, 3.0, 3.0.2 or 3.1.1)");
  }

  /**
   * The DialectRevision.
   *
   * @return such as 0x0311
   */
  public int revision() {
    return revision;
  }

  /**
   * Whether this dialect is the given one or a later one.
   *
   * @param other the dialect to compare with
   * @return whether this is not older
   */
  public boolean isAtLeast(Dialect other) {
    return compareTo(other) >= 0;
  }

  /** The dialect as people write it, such as "3.1.1". */
  @Override
  public String toString() {
    return label;
  }
}
