package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The answer to {@link AaplServerQueryRequest}.
 *
 * @param replyBitmap which of the other components are told: {@link #SERVER_CAPABILITIES}, {@link
 *     #VOLUME_CAPABILITIES} and {@link #MODEL}
 * @param serverCapabilities what the server can do; 0 if not told
 * @param volumeCapabilities what the volume can do; 0 if not told
 * @param model the server's model; empty if not told
 */
public record AaplServerQueryResponse(
    long replyBitmap, long serverCapabilities, long volumeCapabilities, String model)
    implements CreateContext {
  /** In the bitmap: the server's capabilities are told. */
  public static final int SERVER_CAPABILITIES = 0x1;

  /** In the bitmap: the volume's capabilities are told. */
  public static final int VOLUME_CAPABILITIES = 0x2;

  /** In the bitmap: the model is told. */
  public static final int MODEL = 0x4;

  /** Of the server: a COPYCHUNK of no chunks copies the whole file. */
  public static final int SUPPORTS_OSX_COPYFILE = 0x2;

  private static final Octets NAME = ContextName.octets(ContextName.AAPL);
  private static final int SERVER_QUERY = 1;

  static CreateContext read(WireReader in) {
    Octets all = in.regionFrom(in.position()).rest();
    if (in.u32() != SERVER_QUERY) {
      return new UnknownCreateContext(NAME, all);
    }
    in.skip(4); // Reserved
    long replyBitmap = in.bits64();
    long serverCapabilities = (replyBitmap & SERVER_CAPABILITIES) != 0 ? in.bits64() : 0;
    long volumeCapabilities = (replyBitmap & VOLUME_CAPABILITIES) != 0 ? in.bits64() : 0;
    String model = (replyBitmap & MODEL) != 0 ? readModel(in) : "";
    return new AaplServerQueryResponse(replyBitmap, serverCapabilities, volumeCapabilities, model);
  }

  /** Whether a COPYCHUNK of no chunks copies the whole file, with all its streams. */
  public boolean supportsOsxCopyFile() {
    return (serverCapabilities & SUPPORTS_OSX_COPYFILE) != 0;
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 Command 4 | 4 Reserved 4 | 8 ReplyBitmap 8
    // ServerCapabilities 8 | VolumeCapabilities 8 | Pad 4 | ModelLength 4 | Model
    out.u32(SERVER_QUERY).u32(0).bits64(replyBitmap);
    if ((replyBitmap & SERVER_CAPABILITIES) != 0) {
      out.bits64(serverCapabilities);
    }
    if ((replyBitmap & VOLUME_CAPABILITIES) != 0) {
      out.bits64(volumeCapabilities);
    }
    if ((replyBitmap & MODEL) != 0) {
      out.u32(0).u32(2L * model.length()).utf16(model);
    }
  }

  private static String readModel(WireReader in) {
    in.skip(4); // Pad
    return in.utf16(in.u32());
  }

  @Override
  public String toString() {
    return "AaplServerQueryResponse[replyBitmap=0x%x, serverCapabilities=0x%x, volumeCapabilities=0x%x, model=%s]"
        .formatted(replyBitmap, serverCapabilities, volumeCapabilities, PrintableText.of(model));
  }
}
