package io.copychunk.fscc;

import java.time.Duration;
import java.time.Instant;

/** FILETIMEs (MS-DTYP 2.3.3): units of 100 ns since 1601. */
public final class FileTimes {
  private static final Instant EPOCH = Instant.parse("1601-01-01T00:00:00Z");
  private static final int UNITS_PER_SECOND = 10_000_000;
  private static final int NANOS_PER_UNIT = 100;

  /** The beginning of 1970, which Unix servers tell for times that they do not know. */
  public static final long UNIX_EPOCH = of(Instant.EPOCH);

  private FileTimes() {}

  /**
   * The moment that a FILETIME stands for.
   *
   * @param fileTime 64 bits, unsigned
   * @return the moment
   */
  public static Instant instant(long fileTime) {
    long seconds = Long.divideUnsigned(fileTime, UNITS_PER_SECOND);
    long units = Long.remainderUnsigned(fileTime, UNITS_PER_SECOND);
    return EPOCH.plusSeconds(seconds).plusNanos(units * NANOS_PER_UNIT);
  }

  /**
   * The FILETIME of a moment.
   *
   * @param instant from 1601 to 30827; what is finer than 100 ns is cut off
   * @return 64 bits
   */
  public static long of(Instant instant) {
    Duration since = Duration.between(EPOCH, instant);
    return since.getSeconds() * UNITS_PER_SECOND + since.getNano() / NANOS_PER_UNIT;
  }
}
