package io.copychunk.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.testing.Vectors.Frame;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A captured connection, which starts with NEGOTIATE and two legs of SESSION_SETUP. */
public record Capture(String file, JsonObject json, List<Frame> frames) {
  /** The captures that list their keys. */
  public static final List<String> KEYED = List.of(
      "samba-smb210-hmac.json",
      "samba-smb302-cmac-validate.json",
      "samba-smb302-enc-aes128ccm.json",
      "samba-smb311-cmac.json",
      "samba-smb311-compound.json",
      "samba-smb311-copychunk-interim.json",
      "samba-smb311-enc-aes128ccm.json",
      "samba-smb311-enc-aes128gcm.json",
      "samba-smb311-enc-aes256ccm.json",
      "samba-smb311-enc-aes256gcm.json",
      "samba-smb311-full.json",
      "samba-smb311-gmac.json");

  /** The captures of somebody else's client, whose keys follow from the password. */
  public static final List<String> SMBCLIENT =
      List.of("samba-smbclient-scopy-smb210.json", "samba-smbclient-scopy-smb311.json");

  public static Capture of(String file) {
    return new Capture(file, Vectors.load(file), Vectors.frames(file));
  }

  /** The elements of all plain frames, each from its header to the end of its padding. */
  public List<byte[]> elements() {
    List<byte[]> elements = new ArrayList<>();
    for (Frame frame : frames) {
      int from = 0;
      while (isPlain(frame, from)) {
        Smb2Header header = header(frame.bytes(), from);
        int length =
            header.nextCommand() == 0 ? frame.bytes().length - from : (int) header.nextCommand();
        elements.add(Arrays.copyOfRange(frame.bytes(), from, from + length));
        from += length;
      }
    }
    return elements;
  }

  private static boolean isPlain(Frame frame, int from) {
    return from < frame.bytes().length && frame.bytes()[from] == (byte) 0xFE;
  }

  public static Smb2Header header(byte[] frame, int from) {
    return Smb2Header.read(WireReader.of(Arrays.copyOfRange(frame, from, frame.length)));
  }

  public NegotiateResponse negotiateResponse() {
    return NegotiateResponse.read(body(1));
  }

  public Dialect dialect() {
    return negotiateResponse().dialect();
  }

  public SigningAlgorithm signingAlgorithm() {
    return negotiateResponse().contexts().stream()
        .filter(SigningCapabilities.class::isInstance)
        .map(context -> ((SigningCapabilities) context).algorithms().get(0))
        .map(SigningAlgorithm::of)
        .findFirst()
        .orElse(SigningAlgorithm.fixedFor(dialect()));
  }

  /** The cipher of a capture that has encrypted frames. */
  public CipherAlgorithm cipherAlgorithm() {
    return CipherAlgorithm.of(json.getAsJsonObject("keys").get("cipher_id").getAsInt());
  }

  public long sessionId() {
    String id = json.getAsJsonObject("keys").get("session_id").getAsString();
    return Long.decode(id);
  }

  public static boolean isTransformed(Frame frame) {
    return WireReader.of(frame.bytes()).bits32() == TransformHeader.PROTOCOL_ID;
  }

  /** What an encrypted frame holds. */
  public byte[] decrypted(Frame frame) {
    byte[] key = key(frame.fromClient() ? "encryption_key_c2s" : "decryption_key_s2c");
    ByteBuf message = new MessageDecryptor(cipherAlgorithm(), key, sessionId())
        .decrypt(Unpooled.wrappedBuffer(frame.bytes()), UnpooledByteBufAllocator.DEFAULT);
    if (message == null) {
      throw new AssertionError(frame + " can not be decrypted");
    }
    return ByteBufUtil.getBytes(message);
  }

  /** The hash after the last request of the login. */
  public PreauthIntegrityHash preauthHash() {
    PreauthIntegrityHash hash = PreauthIntegrityHash.ZERO;
    for (Frame frame : frames.subList(0, 5)) {
      hash = hash.update(frame.bytes());
    }
    return hash;
  }

  public Octets firstToken() {
    return SessionSetupRequest.read(body(2)).securityBuffer();
  }

  public Octets challengeToken() {
    return SessionSetupResponse.read(body(3)).securityBuffer();
  }

  public Octets secondToken() {
    return SessionSetupRequest.read(body(4)).securityBuffer();
  }

  public Octets finalToken() {
    return SessionSetupResponse.read(body(5)).securityBuffer();
  }

  public byte[] key(String name) {
    JsonElement value = json.getAsJsonObject("keys").get(name);
    return Vectors.hex(value.getAsString());
  }

  private WireReader body(int frame) {
    WireReader in = WireReader.of(frames.get(frame).bytes());
    Smb2Header.read(in);
    return in;
  }

  @Override
  public String toString() {
    return file;
  }
}
