package io.copychunk.client.internal.capture;

import io.copychunk.wire.PrintableText;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The frames of all connections of a client in one file that protocol analysers read: pcapng 1.0,
 * one interface of raw IP packets.
 *
 * <p>The frames are real, as the client means them: signed, and not yet or no longer encrypted. The
 * packets around them are made up, see {@link Conversation}. The file can be read at any time, up to
 * the frame that was written last.
 *
 * <p>Thread-safe. When the file can not be written, that is logged once, and the rest is lost.
 */
public final class PcapngFile implements AutoCloseable {
  private static final int SECTION_HEADER = 0x0A0D0D0A;
  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int LINK_RAW_IP = 101;
  private static final int OPTION_END = 0;
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_USER_APPLICATION = 4;
  private static final int OPTION_TIMESTAMP_RESOLUTION = 9;
  private static final byte[] NANOSECONDS = {9};
  private static final String COMMENT =
      "SMB in plaintext: file data, names, and login messages from which passwords can be guessed."
          + " The frames are real; the TCP/IP packets around them are made up, and the server's port is"
          + " always shown as 445.";

  /** Type, length and length again. */
  private static final int BLOCK_OVERHEAD = 12;

  private static final int PACKET_FIELDS = 20;
  private static final int OPTION_OVERHEAD = 4;

  private final OwnerOnlyFile file;
  private final Clock clock;
  private final AtomicInteger conversations = new AtomicInteger();
  private long lastNanos;

  private PcapngFile(OwnerOnlyFile file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Creates the file, for its owner alone.
   *
   * @param path a file that does not exist
   * @return to be closed
   * @throws IOException when it exists, or can not be created or written
   */
  public static PcapngFile create(Path path) throws IOException {
    return create(path, Clock.systemUTC());
  }

  static PcapngFile create(Path path, Clock clock) throws IOException {
    ByteBuffer section = sectionHeader();
    ByteBuffer description = interfaceDescription();
    ByteBuffer beginning = ByteBuffer.allocate(section.remaining() + description.remaining())
        .put(section)
        .put(description)
        .flip();
    return new PcapngFile(OwnerOnlyFile.create(path, beginning), clock);
  }

  /**
   * Begins a connection.
   *
   * @param name stands in a comment to its first packet
   * @param client the address of this side, of which the port is not used
   * @param server the address of the other side, of which the port is not used
   * @return the connection, opened
   */
  public Conversation open(String name, SocketAddress client, SocketAddress server) {
    TcpPackets packets = new TcpPackets(client, server, conversations.getAndIncrement());
    Conversation conversation = new Conversation(this, packets);
    conversation.begin(PrintableText.of(name));
    return conversation;
  }

  @Override
  public void close() {
    file.close();
  }

  /** Removes the file again. */
  void delete() throws IOException {
    file.delete();
  }

  /** The path. */
  @Override
  public String toString() {
    return file.toString();
  }

  /**
   * Writes the packets of one frame, or of one step of TCP, without any other in between.
   *
   * @param comment for the first packet, or empty
   * @param packets whole IP packets
   */
  synchronized void write(String comment, Iterable<ByteBuffer> packets) {
    long nanos = Math.max(lastNanos, nanos(clock.instant()));
    lastNanos = nanos;
    String left = comment;
    for (ByteBuffer packet : packets) {
      file.append(packet(packet, nanos, left.getBytes(StandardCharsets.UTF_8)));
      left = "";
    }
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  private static ByteBuffer sectionHeader() {
    byte[] comment = COMMENT.getBytes(StandardCharsets.UTF_8);
    byte[] application = "copychunk".getBytes(StandardCharsets.UTF_8);
    int options = optionSize(comment) + optionSize(application) + OPTION_OVERHEAD;
    ByteBuffer block = block(SECTION_HEADER, 16 + options);
    block.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
    option(block, OPTION_COMMENT, comment);
    option(block, OPTION_USER_APPLICATION, application);
    option(block, OPTION_END, new byte[0]);
    return ended(block);
  }

  private static ByteBuffer interfaceDescription() {
    ByteBuffer block = block(INTERFACE_DESCRIPTION, 8 + optionSize(NANOSECONDS) + OPTION_OVERHEAD);
    block.putShort((short) LINK_RAW_IP).putShort((short) 0).putInt(0); // no limit to packets
    option(block, OPTION_TIMESTAMP_RESOLUTION, NANOSECONDS);
    option(block, OPTION_END, new byte[0]);
    return ended(block);
  }

  private static ByteBuffer packet(ByteBuffer packet, long nanos, byte[] comment) {
    int size = packet.remaining();
    int options = comment.length == 0 ? 0 : optionSize(comment) + OPTION_OVERHEAD;
    ByteBuffer block = block(ENHANCED_PACKET, PACKET_FIELDS + padded(size) + options);
    block
        .putInt(0)
        .putInt((int) (nanos >>> 32))
        .putInt((int) nanos)
        .putInt(size)
        .putInt(size);
    block.put(packet).position(block.position() + padded(size) - size);
    if (options > 0) {
      option(block, OPTION_COMMENT, comment);
      option(block, OPTION_END, new byte[0]);
    }
    return ended(block);
  }

  private static ByteBuffer block(int type, int bodySize) {
    int size = BLOCK_OVERHEAD + bodySize;
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putInt(type).putInt(size);
  }

  private static ByteBuffer ended(ByteBuffer block) {
    return block.putInt(block.capacity()).flip();
  }

  private static int optionSize(byte[] value) {
    return OPTION_OVERHEAD + padded(value.length);
  }

  private static void option(ByteBuffer block, int code, byte[] value) {
    block.putShort((short) code).putShort((short) value.length).put(value);
    block.position(block.position() + padded(value.length) - value.length);
  }

  private static int padded(int size) {
    return size + 3 & ~3;
  }

  /**
   * One connection, as a TCP connection from its first SYN to its last FIN, so that an analyser
   * treats the frames like recorded ones.
   *
   * <p>The IP addresses are those of the sockets; where they are none of IP, or of different
   * versions, 192.0.2.1 and 192.0.2.2 stand in. The server's port is always 445, by which analysers
   * know SMB. The client's port is a number of the connection in this file. Thread-safe.
   */
  public static final class Conversation implements AutoCloseable {
    private final PcapngFile file;
    private final TcpPackets packets;
    private boolean closed;

    private Conversation(PcapngFile file, TcpPackets packets) {
      this.file = file;
      this.packets = packets;
    }

    /**
     * Notes a frame that this side sends.
     *
     * @param frame without its 4-byte prefix; neither kept nor changed
     */
    public void sent(ByteBuf frame) {
      data(true, frame);
    }

    /**
     * Notes a frame that this side has received.
     *
     * @param frame without its 4-byte prefix; neither kept nor changed
     */
    public void received(ByteBuf frame) {
      data(false, frame);
    }

    /** Notes the end of the connection; what comes later is ignored. */
    @Override
    public void close() {
      synchronized (file) {
        if (!closed && !file.file.ended()) {
          file.write("", packets.goodbye());
        }
        closed = true;
      }
    }

    private void begin(String name) {
      synchronized (file) {
        file.write(name, packets.handshake());
      }
    }

    private void data(boolean toServer, ByteBuf frame) {
      synchronized (file) {
        if (!closed && !file.file.ended()) { // making up packets takes time
          file.write("", packets.data(toServer, frame));
        }
      }
    }
  }
}
