package io.copychunk.client.internal.session;

import io.copychunk.auth.Authenticator;
import io.copychunk.client.internal.capture.KeyLogFile;
import io.copychunk.client.internal.connection.NegotiatedProtocol;
import io.copychunk.client.internal.transport.SessionCiphers;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.crypto.SessionKeys;
import io.copychunk.wire.Dialect;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Derives the keys of a session (3.2.5.3.1), and makes of them what signs and encrypts. */
final class SessionCipherFactory {
  private static final int SHORT_KEY_BITS = 128;

  private SessionCipherFactory() {}

  /**
   * Makes the ciphers. All keys that were derived on the way are wiped again.
   *
   * @param protocol what was negotiated
   * @param authenticator has a session key
   * @param hash the session's preauthentication integrity hash; of no meaning below 3.1.1
   * @param sessionId the session
   * @param keyLog where the keys are noted, or null
   * @return a new set
   */
  static SessionCiphers create(
      NegotiatedProtocol protocol,
      Authenticator authenticator,
      PreauthIntegrityHash hash,
      long sessionId,
      @Nullable KeyLogFile keyLog) {
    CipherAlgorithm cipher = protocol.cipher();
    byte[] sessionKey = authenticator.sessionKey();
    try {
      SessionKeys keys = SessionKeys.derive(
          protocol.dialect(),
          sessionKey,
          sessionKey,
          protocol.dialect() == Dialect.SMB_3_1_1 ? hash.bytes() : null,
          cipher == null ? SHORT_KEY_BITS : cipher.keyBits());
      try {
        return create(protocol, keys, sessionKey, sessionId, keyLog);
      } finally {
        keys.destroy();
      }
    } finally {
      Arrays.fill(sessionKey, (byte) 0);
    }
  }

  private static SessionCiphers create(
      NegotiatedProtocol protocol,
      SessionKeys keys,
      byte[] sessionKey,
      long sessionId,
      @Nullable KeyLogFile keyLog) {
    CipherAlgorithm cipher = protocol.cipher();
    byte[] signing = keys.signingKey();
    byte @Nullable [] sending = cipher == null ? null : keys.clientToServerKey();
    byte @Nullable [] receiving = cipher == null ? null : keys.serverToClientKey();
    try {
      if (keyLog != null) {
        keyLog.log(sessionId, sessionKey, receiving, sending);
      }
      return new SessionCiphers(
          new MessageSigner(protocol.signingAlgorithm(), signing),
          cipher == null || sending == null
              ? null
              : new MessageEncryptor(cipher, sending, sessionId),
          cipher == null || receiving == null
              ? null
              : new MessageDecryptor(cipher, receiving, sessionId));
    } finally {
      wipe(signing);
      wipe(sending);
      wipe(receiving);
    }
  }

  private static void wipe(byte @Nullable [] key) {
    if (key != null) {
      Arrays.fill(key, (byte) 0);
    }
  }
}
