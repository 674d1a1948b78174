package io.copychunk.client.internal.connection;

/**
 * The MessageIds that the server lets us use, and so the credits (3.2.1.2 SequenceWindow, 3.2.4.1.6,
 * 3.2.5.1.4).
 *
 * <p>Ids are granted and used in order, so the window is one range. Confined to the event loop.
 */
final class SequenceWindow {
  /** Granted at the start: one credit, for NEGOTIATE. */
  private static final int INITIAL_CREDITS = 1;

  /** Far below the sign bit: a connection that comes here has to be replaced. */
  private static final long LAST_MESSAGE_ID = Long.MAX_VALUE - 65_536;

  /** What one CreditRequest can ask for beyond its own charge. */
  private static final int MAX_REQUEST = 512;

  private int target;
  private long next;
  private long end;
  private int inFlight;

  /**
   * Creates the window of a fresh connection.
   *
   * @param target credits to ask for and the most to keep
   */
  SequenceWindow(int target) {
    this(target, 0);
  }

  /** A window whose first id is not 0, as only tests need it. */
  SequenceWindow(int target, long first) {
    this.target = target;
    this.next = first;
    this.end = first + INITIAL_CREDITS;
  }

  /**
   * How many credits can be used now: those that were granted, but never so many that more than the
   * target is under way. A server that grants for some requests what it never answers for others
   * could else make us keep ever more of them.
   */
  int available() {
    return (int) Math.min(end - next, Math.max(0, target - inFlight));
  }

  /** How many credits are used by requests that were not answered yet. */
  int inFlight() {
    return inFlight;
  }

  /**
   * Raises the target to what one frame costs: a smaller window could never send it.
   *
   * @param charge the credits that a frame costs
   */
  void require(int charge) {
    target = Math.max(target, charge);
  }

  /** Whether the last id that may be used was used. */
  boolean isExhausted() {
    return next > LAST_MESSAGE_ID;
  }

  /**
   * Takes consecutive ids.
   *
   * @param charge how many, at most {@link #available}
   * @return the first of them
   */
  long take(int charge) {
    if (charge < 1 || charge > available()) {
      throw new IllegalStateException("charge: " + charge + " (expected: 1.." + available() + ")");
    }
    long first = next;
    next += charge;
    inFlight += charge;
    return first;
  }

  /**
   * What to put into CreditRequest: the request's own charge, and more as long as the server gave
   * less than we aim for.
   *
   * @param charge what the request costs
   * @return 1 to 65535
   */
  int creditRequest(int charge) {
    int missing = target - available() - inFlight;
    return Math.min(charge + Math.max(0, Math.min(missing, MAX_REQUEST)), 0xFFFF);
  }

  /**
   * Widens the window by what a response grants, but never beyond the target: a server that floods
   * us with credits gains nothing.
   *
   * @param credits CreditResponse, 0 to 65535
   */
  void grant(int credits) {
    end = Math.min(end + credits, next + Math.max(target, INITIAL_CREDITS));
  }

  /**
   * Notes that a request has had its final answer.
   *
   * @param charge what it cost
   */
  void answered(int charge) {
    inFlight -= charge;
  }
}
