package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_SRV_REQUEST_RESUME_KEY (2.2.31, 3.3.5.15.5): asks for the key that names an open as the
 * source of a copy. It has no input.
 *
 * @param maxOutputResponse bytes of output that are allowed, 0 to 2<sup>32</sup>-1; servers refuse
 *     fewer than {@link #OUTPUT_SIZE}
 */
public record SrvRequestResumeKey(long maxOutputResponse)
    implements Fsctl<SrvRequestResumeKeyResponse> {
  /** The size of the output that all known servers send, in bytes. */
  public static final int OUTPUT_SIZE = 32;

  /** Asks for the output that all known servers send. */
  public SrvRequestResumeKey() {
    this(OUTPUT_SIZE);
  }

  @Override
  public int controlCode() {
    return FsctlCode.SRV_REQUEST_RESUME_KEY;
  }

  @Override
  public void writeInput(WireWriter out) {
    // no input
  }

  @Override
  public SrvRequestResumeKeyResponse readOutput(WireReader in) {
    return SrvRequestResumeKeyResponse.readOutput(in);
  }
}
