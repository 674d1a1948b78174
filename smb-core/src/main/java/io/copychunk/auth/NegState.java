package io.copychunk.auth;

import io.copychunk.wire.MalformedMessageException;

/** How far a SPNEGO negotiation is (RFC 4178 4.2.2), in the order of the values on the wire. */
public enum NegState {
  /** 0: done. */
  ACCEPT_COMPLETED,
  /** 1: another token is expected. */
  ACCEPT_INCOMPLETE,
  /** 2: no. */
  REJECT,
  /** 3: another token is expected, and both sides have to sign the list of mechanisms. */
  REQUEST_MIC;

  private static final NegState[] BY_VALUE = values();

  /**
   * The state with a value.
   *
   * @param value 0 to 3
   * @return the state
   * @throws MalformedMessageException for any other value
   */
  public static NegState of(int value) {
    if (value < 0 || value >= BY_VALUE.length) {
      throw new MalformedMessageException("negState: " + value + " (expected: 0..3)");
    }
    return BY_VALUE[value];
  }
}
