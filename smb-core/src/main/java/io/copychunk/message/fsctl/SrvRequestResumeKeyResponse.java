package io.copychunk.message.fsctl;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SRV_REQUEST_RESUME_KEY Response (2.2.32.3).
 *
 * @param resumeKey 24 bytes that mean something to the server only
 * @param contextLength what the server says about the context's size, 0 to 2<sup>32</sup>-1; a
 *     client ignores it, and it may be larger than the context
 * @param context unused; no longer than the output
 */
public record SrvRequestResumeKeyResponse(Octets resumeKey, long contextLength, Octets context) {
  /** The size of a resume key in bytes. */
  public static final int KEY_SIZE = 24;

  /** Checks the size of the key. */
  public SrvRequestResumeKeyResponse {
    if (resumeKey.size() != KEY_SIZE) {
      throw new IllegalArgumentException(
          "resumeKey: " + resumeKey.size() + " bytes (expected: " + KEY_SIZE + ")");
    }
  }

  /**
   * Reads the output. Only the key must be there. All known servers send 4 bytes more than
   * ContextLength counts, which are ignored.
   *
   * @param in the output alone
   * @return the response
   */
  public static SrvRequestResumeKeyResponse readOutput(WireReader in) {
    if (in.remaining() < KEY_SIZE) {
      throw new MalformedMessageException(
          "OutputCount: " + in.remaining() + " (expected: >= " + KEY_SIZE + ")");
    }
    Octets resumeKey = in.octets(KEY_SIZE);
    if (in.remaining() < 4) {
      return new SrvRequestResumeKeyResponse(resumeKey, 0, Octets.EMPTY);
    }
    long contextLength = in.u32();
    Octets context = in.octets(Math.min(contextLength, in.remaining()));
    return new SrvRequestResumeKeyResponse(resumeKey, contextLength, context);
  }

  /**
   * Writes the output as all known servers do: 32 bytes if ContextLength is 0.
   *
   * @param out where it goes
   */
  public void writeOutput(WireWriter out) {
    // 0 ResumeKey 24 | 24 ContextLength 4 | 28 Context
    out.octets(resumeKey).u32(contextLength).octets(context);
    if (contextLength == 0) {
      out.zeros(4);
    }
  }
}
