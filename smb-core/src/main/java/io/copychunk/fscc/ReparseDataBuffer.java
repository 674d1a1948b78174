package io.copychunk.fscc;

import io.copychunk.wire.Guid;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a reparse point holds: REPARSE_DATA_BUFFER and REPARSE_GUID_DATA_BUFFER (MS-FSCC 2.1.2.2,
 * 2.1.2.3). The data is left as bytes; {@link SymbolicLinkReparseData} and {@link
 * MountPointReparseData} read that of links.
 *
 * @param tag what kind it is
 * @param guid whose it is, if the tag is not one of Microsoft's; else null
 * @param data what the tag's owner has put there
 */
public record ReparseDataBuffer(ReparseTag tag, @Nullable Guid guid, Octets data) {
  /** The most bytes that one has, its header included. */
  public static final int MAX_SIZE = 16 * 1024;

  private static final int HEADER_SIZE = 8;
  private static final int GUID_SIZE = 16;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when a GUID is there that the tag has not, or is missing, or the
   *     data is too long
   */
  public ReparseDataBuffer {
    if (tag.isMicrosoft() != (guid == null)) {
      throw new IllegalArgumentException("tag: " + tag + ", guid: " + guid
          + " (expected: a GUID for tags that are not Microsoft's alone)");
    }
    int max = maxData(tag);
    if (data.size() > max) {
      throw new IllegalArgumentException(
          "data: " + data.size() + " bytes (expected: <= " + max + ")");
    }
  }

  /**
   * Reads it; what follows is ignored.
   *
   * @param in stands at the tag
   * @return what it holds
   */
  public static ReparseDataBuffer read(WireReader in) {
    ReparseTag tag = new ReparseTag(in.bits32());
    int length = in.u16();
    in.skip(2); // Reserved
    if (length > maxData(tag)) {
      throw new MalformedMessageException(
          "ReparseDataLength: " + length + " (expected: <= " + maxData(tag) + ")");
    }
    return new ReparseDataBuffer(tag, tag.isMicrosoft() ? null : in.guid(), in.octets(length));
  }

  /**
   * Writes it.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    // 0 ReparseTag 4 | 4 ReparseDataLength 2 | 6 Reserved 2 | (8 ReparseGuid 16) | DataBuffer
    out.bits32(tag.value()).u16(data.size()).u16(0);
    if (guid != null) {
      out.guid(guid);
    }
    out.octets(data);
  }

  private static int maxData(ReparseTag tag) {
    return MAX_SIZE - HEADER_SIZE - (tag.isMicrosoft() ? 0 : GUID_SIZE);
  }
}
