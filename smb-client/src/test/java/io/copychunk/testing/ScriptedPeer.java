package io.copychunk.testing;

import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.Smb2Request;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server on a loopback port that does what a test tells it: expects this request, answers that.
 * Serves one connection at a time. What it has to be as strict about as a real server, it checks by
 * itself: each MessageId is within what was granted and used once, signatures are right, compounds
 * are well-formed.
 *
 * <p>A reader thread of its own takes in requests; everything else runs on the thread of the test.
 */
public final class ScriptedPeer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;

  private final ServerSocket listener;
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final Map<Long, MessageSigner> signers = new ConcurrentHashMap<>();
  private final Map<Long, MessageEncryptor> encryptors = new ConcurrentHashMap<>();
  private final Map<Long, MessageDecryptor> decryptors = new ConcurrentHashMap<>();
  private final List<Octets> nonces = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private SigningAlgorithm algorithm = SigningAlgorithm.HMAC_SHA256;
  private Dialect dialect = Dialect.SMB_2_0_2;
  private @Nullable CipherAlgorithm cipher;

  private Duration pause = Duration.ZERO;
  private volatile Socket socket;
  private Set<Long> used;
  private long granted;
  private PreauthIntegrityHash connectionHash;
  private PreauthIntegrityHash sessionHash;

  private record Ended(String why) {}

  private record Broken(String rule) {}

  private ScriptedPeer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Listens on a free loopback port. */
  public static ScriptedPeer listening() {
    try {
      return new ScriptedPeer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets each answer take so long at least, as from afar. */
  public ScriptedPeer answeringAfter(Duration before) {
    pause = before;
    return this;
  }

  public String host() {
    return listener.getInetAddress().getHostAddress();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Waits for a client to connect. */
  public ScriptedPeer accept() {
    try {
      listener.setSoTimeout(PATIENCE_SECONDS * 1000);
      serve(listener.accept());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("nobody connects", e);
    }
  }

  /**
   * Waits for a client to connect, however long it takes.
   *
   * @return false when there will be none, since this was closed
   */
  public boolean awaitClient() {
    try {
      listener.setSoTimeout(0);
      serve(listener.accept());
      return true;
    } catch (IOException e) {
      if (listener.isClosed()) {
        return false;
      }
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket accepted) throws IOException {
    socket = accepted;
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    events.clear();
    signers.clear();
    encryptors.clear();
    decryptors.clear();
    used = new HashSet<>();
    granted = 1;
    connectionHash = PreauthIntegrityHash.ZERO;
    Thread reader = new Thread(() -> read(accepted), "scripted-peer");
    reader.setDaemon(true);
    reader.start();
  }

  /** Waits for the next request, which must be of a type. */
  public <Q extends Smb2Request<?>> Received<Q> expect(Class<Q> type) {
    Object event = next();
    if (event instanceof Received<?> received && type.isInstance(received.body())) {
      hash(received.header(), received.bytes());
      return received.as(type);
    }
    throw new AssertionError("expected " + type.getSimpleName() + ", but got " + event);
  }

  /** Waits for the client to close the connection; no request may come before. */
  public void expectEnd() {
    Object event = next();
    if (!(event instanceof Ended)) {
      throw new AssertionError("expected the client to close the connection, but got " + event);
    }
  }

  /**
   * Waits for the next request of any kind, however long it takes.
   *
   * @return the request, or null when the client has ended the connection
   */
  public @Nullable Received<?> take() throws InterruptedException {
    Object event = events.take();
    if (event instanceof Ended) {
      return null;
    }
    if (event instanceof Received<?> received) {
      hash(received.header(), received.bytes());
      return received;
    }
    throw new AssertionError("the client broke a rule: " + ((Broken) event).rule());
  }

  /** Asserts that no request has come that was not expected yet. */
  public void expectNothingMore() {
    Object event = events.peek();
    if (event != null) {
      throw new AssertionError("expected nothing, but got " + event);
    }
  }

  /** Closes the connection without a word. */
  public void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends answers as one compound in one frame. */
  public void sendTogether(Answer... answers) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (int i = 0; i < answers.length; i++) {
      frame.writeBytes(answers[i].encode(i < answers.length - 1));
    }
    sendFrame(answers[0].protect(frame.toByteArray()));
  }

  /** Sends a frame as it is. */
  public void sendFrame(byte[] frame) {
    byte[] prefixed = new byte[4 + frame.length];
    prefixed[1] = (byte) (frame.length >>> 16);
    prefixed[2] = (byte) (frame.length >>> 8);
    prefixed[3] = (byte) frame.length;
    System.arraycopy(frame, 0, prefixed, 4, frame.length);
    sendBytes(prefixed);
  }

  private void pause() {
    long until = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Sends bytes as they are. */
  public void sendBytes(byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      synchronized (out) { // frames may be sent by several threads
        pause();
        out.write(bytes);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was negotiated, as far as signing and encryption depend on it. */
  void negotiated(
      Dialect newDialect, SigningAlgorithm newAlgorithm, @Nullable CipherAlgorithm newCipher) {
    dialect = newDialect;
    algorithm = newAlgorithm;
    cipher = newCipher;
  }

  /** What was negotiated, or null. */
  public @Nullable CipherAlgorithm cipher() {
    return cipher;
  }

  Dialect dialect() {
    return dialect;
  }

  SigningAlgorithm algorithm() {
    return algorithm;
  }

  PreauthIntegrityHash sessionHash() {
    return sessionHash;
  }

  /** Signs a session, and verifies it from now on. */
  public void signer(long sessionId, MessageSigner signer) {
    signers.put(sessionId, signer);
  }

  /** What signs a session, or null. */
  public @Nullable MessageSigner signer(long sessionId) {
    return signers.get(sessionId);
  }

  /** Forgets the keys of a session, as a server that has lost it. */
  public void forget(long sessionId) {
    signers.remove(sessionId);
    encryptors.remove(sessionId);
    decryptors.remove(sessionId);
  }

  /** Encrypts answers of a session that are to be encrypted, and decrypts its requests. */
  public void cipher(long sessionId, MessageEncryptor encryptor, MessageDecryptor decryptor) {
    encryptors.put(sessionId, encryptor);
    decryptors.put(sessionId, decryptor);
  }

  /** A frame that holds messages of a session, encrypted. */
  public byte[] encrypt(long sessionId, byte[] messages) {
    MessageEncryptor encryptor = encryptors.get(sessionId);
    if (encryptor == null) {
      throw new AssertionError("no cipher for session 0x" + Long.toHexString(sessionId));
    }
    synchronized (encryptor) {
      return bytes(
          encryptor.encrypt(Unpooled.wrappedBuffer(messages), UnpooledByteBufAllocator.DEFAULT));
    }
  }

  /** Credits that the client may use from now on. */
  synchronized void grant(int credits) {
    granted += credits;
  }

  void hash(Smb2Header header, byte[] message) {
    boolean more = header.status().code() != 0;
    if (header.command() == Command.NEGOTIATE) {
      connectionHash = connectionHash.update(message);
    } else if (header.command() == Command.SESSION_SETUP) {
      if (!header.isResponse() && header.sessionId() == 0) {
        sessionHash = connectionHash;
      }
      if (!header.isResponse() || more) {
        sessionHash = sessionHash.update(message);
      }
    }
  }

  void sign(long sessionId, byte[] message) {
    MessageSigner signer = signers.get(sessionId);
    if (signer == null) {
      throw new AssertionError("no key for session 0x" + Long.toHexString(sessionId));
    }
    synchronized (signer) {
      signer.sign(Unpooled.wrappedBuffer(message));
    }
  }

  private Object next() {
    try {
      Object event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("nothing came from the client");
      }
      if (event instanceof Broken broken) {
        throw new AssertionError("the client broke a rule: " + broken.rule());
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private void read(Socket from) {
    try (DataInputStream in = new DataInputStream(from.getInputStream())) {
      while (true) {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        if (WireReader.of(frame).peekU16() == (TransformHeader.PROTOCOL_ID & 0xFFFF)) {
          split(decrypt(frame), true);
        } else {
          split(frame, false);
        }
      }
    } catch (EOFException e) {
      events.add(new Ended("closed"));
    } catch (IOException e) {
      events.add(new Ended(e.toString()));
    } catch (RuntimeException | AssertionError e) {
      events.add(new Broken(e.toString()));
    }
  }

  /** The nonces of the encrypted frames that came so far. */
  public List<Octets> nonces() {
    return List.copyOf(nonces);
  }

  private byte[] decrypt(byte[] frame) {
    TransformHeader header = TransformHeader.read(WireReader.of(frame));
    nonces.add(header.nonce());
    long sessionId = header.sessionId();
    MessageDecryptor decryptor = decryptors.get(sessionId);
    ByteBuf plain = decryptor == null
        ? null
        : decryptor.decrypt(Unpooled.wrappedBuffer(frame), UnpooledByteBufAllocator.DEFAULT);
    if (plain == null) {
      throw new AssertionError(
          "cannot decrypt a frame of session 0x" + Long.toHexString(sessionId));
    }
    return bytes(plain);
  }

  private static byte[] bytes(ByteBuf buffer) {
    byte[] bytes = ByteBufUtil.getBytes(buffer);
    buffer.release();
    return bytes;
  }

  private void split(byte[] frame, boolean encrypted) {
    int from = 0;
    while (from < frame.length) {
      Smb2Header header =
          Smb2Header.read(WireReader.of(Arrays.copyOfRange(frame, from, frame.length)));
      int size =
          header.nextCommand() == 0 ? frame.length - from : Math.toIntExact(header.nextCommand());
      if (size < Smb2Header.SIZE || size > frame.length - from || from % 8 != 0) {
        throw new AssertionError("NextCommand: " + header.nextCommand());
      }
      take(header, Arrays.copyOfRange(frame, from, from + size), encrypted);
      from += size;
    }
  }

  private void take(Smb2Header header, byte[] message, boolean encrypted) {
    checkMessageId(header);
    if (encrypted && header.isSigned()) {
      throw new AssertionError(header.command() + ": signed and encrypted");
    }
    MessageSigner signer = signers.get(header.sessionId());
    if (header.isSigned() && signer != null) {
      synchronized (signer) {
        if (!signer.verify(Unpooled.wrappedBuffer(message))) {
          throw new AssertionError(header.command() + ": wrong signature");
        }
      }
    } else if (header.isSigned()) {
      throw new AssertionError(header.command() + ": signed without a session");
    }
    WireReader in = WireReader.of(message);
    in.skip(Smb2Header.SIZE);
    events.add(
        new Received<>(this, header, Smb2Request.read(header.command(), in), message, encrypted));
  }

  private synchronized void checkMessageId(Smb2Header header) {
    if (header.command() == Command.CANCEL) {
      return;
    }
    for (int i = 0; i < Math.max(1, header.creditCharge()); i++) {
      long id = header.messageId() + i;
      if (id < 0 || id >= granted || !used.add(id)) {
        throw new AssertionError(header.command() + ": MessageId " + id
            + " used twice or not granted (" + granted + ")");
      }
    }
  }

  /** The flags of an answer to a request. */
  static HeaderFlags answerFlags(Smb2Header request) {
    HeaderFlags flags = HeaderFlags.SERVER_TO_REDIR;
    return request.flags().has(HeaderFlags.RELATED_OPERATIONS)
        ? flags.with(HeaderFlags.RELATED_OPERATIONS)
        : flags;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket each : sockets) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
