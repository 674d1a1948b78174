package io.copychunk.message.context;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Share Redirect Error Context Response (2.2.2.2.2): the share is served at other addresses.
 *
 * @param addresses where to go, at most 64
 * @param resourceName the share
 */
public record ShareRedirectErrorContext(List<InetAddress> addresses, String resourceName) {
  private static final int SHARE_MOVE_NOTIFICATION = 3;
  private static final int MAX_ADDRESSES = 64;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;

  /** Copies the addresses. */
  public ShareRedirectErrorContext {
    addresses = List.copyOf(addresses);
  }

  /**
   * Reads the data.
   *
   * @param in stands at the data, which reaches to the end
   * @return the answer
   */
  public static ShareRedirectErrorContext read(WireReader in) {
    WireReader data = in.regionFrom(in.position());
    data.skip(4); // StructureSize
    long notificationType = data.u32();
    if (notificationType != SHARE_MOVE_NOTIFICATION) {
      throw new MalformedMessageException(
          "NotificationType: " + notificationType + " (expected: 3)");
    }
    long nameOffset = data.u32();
    long nameLength = data.u32();
    data.skip(4); // Reserved, TargetType
    long count = data.u32();
    if (count > MAX_ADDRESSES) {
      throw new MalformedMessageException(
          "IPAddrCount: " + count + " (expected: <= " + MAX_ADDRESSES + ")");
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addresses.add(readAddress(data));
    }
    return new ShareRedirectErrorContext(
        addresses, data.region(nameOffset, nameLength).utf16(nameLength));
  }

  /**
   * Writes the data.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    //  0 StructureSize 4      | 4 NotificationType 4 | 8 ResourceNameOffset 4
    // 12 ResourceNameLength 4 | 16 Reserved 2        | 18 TargetType 2  | 20 IPAddrCount 4
    // 24 IPAddrMoveList, 24 bytes each               | ResourceName
    WireWriter data = out.nested();
    WireWriter.Slot structureSize = data.u32Slot();
    data.u32(SHARE_MOVE_NOTIFICATION);
    WireWriter.Slot nameOffset = data.u32Slot();
    WireWriter.Slot nameLength = data.u32Slot();
    data.u16(0).u16(0).u32(addresses.size());
    for (InetAddress address : addresses) {
      boolean v4 = address instanceof Inet4Address;
      // 0 Type 4 | 4 Reserved 4 | 8 IPv4Address 4, Reserved2 12 | IPv6Address 16
      data.u32(v4 ? IPV4 : IPV6).bits32(0).bytes(address.getAddress()).zeros(v4 ? 12 : 0);
    }
    data.payload(nameOffset, nameLength, 1, name -> name.utf16(resourceName));
    data.set(structureSize, data.position());
  }

  private static InetAddress readAddress(WireReader in) {
    long type = in.u32();
    in.skip(4); // Reserved
    byte[] address = in.bytes(16);
    if (type != IPV4 && type != IPV6) {
      throw new MalformedMessageException("Type: " + type + " (expected: 1 or 2)");
    }
    try {
      return InetAddress.getByAddress(type == IPV4 ? Arrays.copyOf(address, 4) : address);
    } catch (UnknownHostException e) {
      throw new MalformedMessageException("IPAddress: " + address.length + " bytes", e);
    }
  }

  @Override
  public String toString() {
    return "ShareRedirectErrorContext[addresses=%s, resourceName=%s]"
        .formatted(addresses, PrintableText.of(resourceName));
  }
}
