package io.copychunk.it.benchmark;

import io.copychunk.message.Smb2Request;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Signature;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/**
 * A connection on which a client logs in without signing, and whose server is then talked to by hand.
 * The client connects to {@link #port}, logs in, connects to a share, and is left idle.
 */
final class RawConnection implements AutoCloseable {
  private static final int CREDITS_ASKED_FOR = 64;

  private final ServerSocket listener;
  private final Socket server;
  private final DataOutputStream out;
  private volatile Answers answers;
  private volatile Socket client;
  private long messageId;
  private long sessionId;
  private int treeId;

  /** Is told each answer on the thread that reads them. */
  interface Answers {
    /**
     * Takes one; may send others.
     *
     * @param body behind the header
     */
    void take(Smb2Header header, WireReader body) throws IOException;

    /** Takes that there will be none any more. */
    void end(Exception cause);
  }

  RawConnection(String host, int port) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server = new Socket(host, port);
    server.setTcpNoDelay(true);
    out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream(), 1 << 18));
    run("from-client", this::relayRequests);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on answers are for this, and requests from {@link #send}. */
  void takeOver(Answers taker) {
    answers = taker;
  }

  /**
   * Adds a compound, or a single request, to what {@link #flush} sends. Under the lock of this.
   *
   * @return the MessageId of the first
   */
  long send(Smb2Request<?>... requests) throws IOException {
    byte[] frame = new byte[0];
    long first = messageId;
    for (int i = 0; i < requests.length; i++) {
      Smb2Request<?> request = requests[i];
      Smb2Header header = new Smb2Header(
          1,
          NtStatus.SUCCESS,
          request.command(),
          CREDITS_ASKED_FOR,
          i == 0 ? HeaderFlags.NONE : HeaderFlags.RELATED_OPERATIONS,
          0,
          messageId++,
          treeId,
          0,
          sessionId,
          Signature.NONE);
      byte[] message = WireWriter.toBytes(to -> {
        header.write(to);
        request.writeBody(to);
      });
      if (i < requests.length - 1) {
        message = Arrays.copyOf(message, (message.length + 7) & ~7);
        message[Smb2Header.NEXT_COMMAND_OFFSET] = (byte) message.length;
        message[Smb2Header.NEXT_COMMAND_OFFSET + 1] = (byte) (message.length >>> 8);
      }
      int before = frame.length;
      frame = Arrays.copyOf(frame, before + message.length);
      System.arraycopy(message, 0, frame, before, message.length);
    }
    out.writeInt(frame.length);
    out.write(frame);
    return first;
  }

  void flush() throws IOException {
    out.flush();
  }

  private void relayRequests() throws IOException {
    client = listener.accept();
    client.setTcpNoDelay(true);
    run("from-server", this::relayAnswers);
    DataInputStream in = new DataInputStream(client.getInputStream());
    while (true) {
      byte[] frame = new byte[in.readInt()];
      in.readFully(frame);
      Smb2Header header = Smb2Header.read(WireReader.of(frame));
      synchronized (this) {
        messageId = header.messageId() + Math.max(1, header.creditCharge());
        sessionId = header.sessionId();
        out.writeInt(frame.length);
        out.write(frame);
        out.flush();
      }
    }
  }

  private void relayAnswers() throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(server.getInputStream(), 1 << 18);
    DataInputStream in = new DataInputStream(buffered);
    DataOutputStream toClient =
        new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
    while (true) {
      byte[] frame = new byte[in.readInt()];
      in.readFully(frame);
      Answers taker = answers;
      if (taker == null) {
        synchronized (this) {
          treeId = Smb2Header.read(WireReader.of(frame)).treeId();
        }
        toClient.writeInt(frame.length);
        toClient.write(frame);
        toClient.flush();
      } else {
        synchronized (this) {
          take(taker, frame);
          if (buffered.available() == 0) {
            flush();
          }
        }
      }
    }
  }

  private static void take(Answers taker, byte[] frame) throws IOException {
    int offset = 0;
    long next;
    do {
      byte[] message = Arrays.copyOfRange(frame, offset, frame.length);
      WireReader reader = WireReader.of(message);
      Smb2Header header = Smb2Header.read(reader);
      taker.take(header, reader);
      next = header.nextCommand();
      offset += (int) next;
    } while (next != 0);
  }

  private interface Relay {
    void run() throws IOException;
  }

  private void run(String name, Relay relay) {
    Thread thread = new Thread(
        () -> {
          try {
            relay.run();
          } catch (IOException | RuntimeException e) { // or one that can not be read
            Answers taker = answers;
            if (taker != null) {
              taker.end(e);
            }
          }
        },
        "raw-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    server.close();
    if (client != null) {
      client.close();
    }
  }
}
