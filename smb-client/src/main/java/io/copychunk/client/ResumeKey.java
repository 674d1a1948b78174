package io.copychunk.client;

import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.internal.session.Open;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.Octets;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names an open file to the server as the source of a server-side copy (2.2.32.3
 * SRV_REQUEST_RESUME_KEY Response).
 *
 * <p>The key is opaque. It is good in the session that asked for it, as long as the file is open and
 * no other key was issued for it; afterwards every use is refused with {@link SmbClosedException},
 * for a key that a server does not know can do worse than fail there. Whoever has the bytes can copy
 * the file within the session, so {@link #toString} does not show them. Thread-safe.
 */
public final class ResumeKey {
  /** The size of a key in bytes. */
  public static final int SIZE = 24;

  private final Open open;
  private final SrvRequestResumeKeyResponse response;

  private ResumeKey(Open open, SrvRequestResumeKeyResponse response) {
    this.open = open;
    this.response = response;
  }

  static ResumeKey issued(Open open, SrvRequestResumeKeyResponse response) {
    return new ResumeKey(open, response);
  }

  /**
   * Whether the server is bound to know the key.
   *
   * @return false once the file, its share, its session or its connection was closed, or another key
   *     was issued for the file
   */
  public boolean isUsable() {
    return open.isOpen() && response.resumeKey().equals(open.resumeKey());
  }

  /**
   * The key.
   *
   * @return a new array of {@value #SIZE} bytes
   * @throws SmbClosedException when the key is not usable any more
   */
  public byte[] bytes() throws SmbClosedException {
    return usable().toByteArray();
  }

  /**
   * The ContextLength that the server gave; the specification has it be 0 and be ignored.
   *
   * @return 0 to 4294967295
   */
  public long contextLength() {
    return response.contextLength();
  }

  /**
   * The context, which the specification leaves unused.
   *
   * @return a new array of at most {@link #contextLength} bytes, mostly none
   */
  public byte[] context() {
    return response.context().toByteArray();
  }

  /**
   * The bytes read as the fields of the old DeviceIoControl documentation: for diagnosis only.
   *
   * @return the three fields
   * @throws SmbClosedException when the key is not usable any more
   */
  public LegacyResumeKeyView legacyView() throws SmbClosedException {
    WireReader in = usable().reader();
    return new LegacyResumeKeyView(in.bits64(), in.bits64(), in.bits64());
  }

  /** The file, and four bytes of a hash by which keys can be told apart. */
  @Override
  public String toString() {
    return "ResumeKey[" + PrintableText.of(open.path()) + ", #" + fingerprint() + "]";
  }

  Open open() {
    return open;
  }

  /** The key for a request. */
  Octets usable() throws SmbClosedException {
    if (!open.isOpen()) {
      throw new SmbClosedException(
          "the resume key of " + open.path() + " is void: its file was closed");
    }
    if (!isUsable()) {
      throw new SmbClosedException(
          "the resume key of " + open.path() + " is void: the server has issued another one");
    }
    return response.resumeKey();
  }

  private String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(response.resumeKey().toByteArray());
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
