package io.copychunk.client.internal.capture;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes up the IP packets of one TCP connection (RFC 791, 8200, 9293), with right lengths, sequence
 * numbers and checksums. Not thread-safe.
 *
 * <p>A window of 1 GiB is more than the credits of a connection let be under way, so neither side
 * needs to acknowledge but by what it sends itself, and a capture shows frames alone.
 */
final class TcpPackets {
  /** By which analysers know SMB. */
  private static final int SERVER_PORT = 445;

  /** The range for ports of no fixed meaning (RFC 6335). */
  private static final int FIRST_CLIENT_PORT = 49_152;

  private static final int CLIENT_PORTS = 65_536 - FIRST_CLIENT_PORT;

  /** Of a network for documentation (RFC 5737). */
  private static final byte[] SOME_CLIENT = {(byte) 192, 0, 2, 1};

  private static final byte[] SOME_SERVER = {(byte) 192, 0, 2, 2};
  private static final int PREFIX = 4;
  private static final int IPV4 = 20;
  private static final int IPV6 = 40;
  private static final int TCP = 20;
  private static final int HOPS = 64;
  private static final int PROTOCOL_TCP = 6;
  private static final int LARGEST_SEGMENT = 65_535 - IPV4 - TCP;
  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int PUSH = 8;
  private static final int ACK = 16;
  private static final int WINDOW = 65_535;

  /** The options no-operation and window scale (RFC 7323), with the largest shift: 14. */
  private static final int WINDOW_SCALE = 0x0103030E;

  private final byte[] client;
  private final byte[] server;
  private final int clientPort;
  private int clientSequence;
  private int serverSequence;
  private int identification;

  /**
   * Starts with nothing sent.
   *
   * @param client the address of the client
   * @param server the address of the server
   * @param number tells connections apart
   */
  TcpPackets(SocketAddress client, SocketAddress server, int number) {
    byte[] from = address(client);
    byte[] to = address(server);
    boolean known = from.length != 0 && from.length == to.length;
    this.client = known ? from : SOME_CLIENT;
    this.server = known ? to : SOME_SERVER;
    this.clientPort = FIRST_CLIENT_PORT + Math.floorMod(number, CLIENT_PORTS);
  }

  private static byte[] address(SocketAddress address) {
    InetAddress ip = address instanceof InetSocketAddress inet ? inet.getAddress() : null;
    return ip == null ? new byte[0] : ip.getAddress();
  }

  /** The three packets that open a connection. */
  List<ByteBuffer> handshake() {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    return List.of(
        packet(true, SYN, nothing), packet(false, SYN | ACK, nothing), packet(true, ACK, nothing));
  }

  /** The four packets that close it. */
  List<ByteBuffer> goodbye() {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    return List.of(
        packet(true, FIN | ACK, nothing),
        packet(false, ACK, nothing),
        packet(false, FIN | ACK, nothing),
        packet(true, ACK, nothing));
  }

  /**
   * A frame, with the prefix of Direct TCP (2.1), in as many packets as it needs.
   *
   * @param toServer which way
   * @param frame without its prefix; stays as it is
   */
  List<ByteBuffer> data(boolean toServer, ByteBuf frame) {
    int size = frame.readableBytes();
    byte[] bytes = new byte[PREFIX + size];
    ByteBuffer.wrap(bytes).putInt(size);
    frame.getBytes(frame.readerIndex(), bytes, PREFIX, size);
    List<ByteBuffer> packets = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += LARGEST_SEGMENT) {
      int length = Math.min(LARGEST_SEGMENT, bytes.length - at);
      int flags = at + length == bytes.length ? PUSH | ACK : ACK;
      packets.add(packet(toServer, flags, ByteBuffer.wrap(bytes, at, length)));
    }
    return packets;
  }

  private ByteBuffer packet(boolean toServer, int flags, ByteBuffer payload) {
    boolean opens = (flags & SYN) != 0;
    int segment = TCP + (opens ? Integer.BYTES : 0) + payload.remaining();
    int ip = client.length == SOME_CLIENT.length ? IPV4 : IPV6;
    ByteBuffer packet = ByteBuffer.allocate(ip + segment);
    int consumed = payload.remaining() + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    if (ip == IPV4) {
      ipv4(packet, toServer, segment);
    } else {
      ipv6(packet, toServer, segment);
    }
    tcp(packet, toServer, flags, payload);
    if (toServer) {
      clientSequence += consumed;
    } else {
      serverSequence += consumed;
    }
    return packet.flip();
  }

  private void ipv4(ByteBuffer packet, boolean toServer, int segment) {
    packet.putShort((short) 0x4500).putShort((short) (IPV4 + segment));
    packet.putShort((short) identification++).putShort((short) 0x4000); // do not fragment
    packet.put((byte) HOPS).put((byte) PROTOCOL_TCP).putShort((short) 0); // checksum, below
    packet.put(toServer ? client : server).put(toServer ? server : client);
    packet.putShort(10, checksum(0, packet, 0));
  }

  private void ipv6(ByteBuffer packet, boolean toServer, int segment) {
    packet.putInt(0x6000_0000).putShort((short) segment);
    packet.put((byte) PROTOCOL_TCP).put((byte) HOPS);
    packet.put(toServer ? client : server).put(toServer ? server : client);
  }

  private void tcp(ByteBuffer packet, boolean toServer, int flags, ByteBuffer payload) {
    int start = packet.position();
    boolean opens = (flags & SYN) != 0;
    int headerWords = (TCP + (opens ? Integer.BYTES : 0)) / Integer.BYTES;
    packet.putShort((short) (toServer ? clientPort : SERVER_PORT));
    packet.putShort((short) (toServer ? SERVER_PORT : clientPort));
    packet.putInt(toServer ? clientSequence : serverSequence);
    packet.putInt((flags & ACK) == 0 ? 0 : toServer ? serverSequence : clientSequence);
    packet.put((byte) (headerWords << 4)).put((byte) flags).putShort((short) WINDOW);
    packet.putInt(0); // checksum, below, and urgent pointer
    if (opens) {
      packet.putInt(WINDOW_SCALE);
    }
    packet.put(payload);
    long pseudoHeader = sum(ByteBuffer.wrap(client), 0)
        + sum(ByteBuffer.wrap(server), 0)
        + PROTOCOL_TCP
        + packet.position()
        - start;
    packet.putShort(start + 16, checksum(pseudoHeader, packet, start));
  }

  /** RFC 1071, over what stands between an index and the position. */
  private static short checksum(long initial, ByteBuffer packet, int from) {
    ByteBuffer covered = packet.duplicate().flip();
    long sum = initial + sum(covered, from);
    while (sum >>> 16 != 0) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (short) ~sum;
  }

  private static long sum(ByteBuffer bytes, int from) {
    long sum = 0;
    int at = from;
    for (; at + 1 < bytes.limit(); at += 2) {
      sum += bytes.getShort(at) & 0xFFFF;
    }
    return at < bytes.limit() ? sum + ((bytes.get(at) & 0xFF) << 8) : sum;
  }
}
