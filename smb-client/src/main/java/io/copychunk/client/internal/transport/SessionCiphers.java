package io.copychunk.client.internal.transport;

import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.crypto.MessageSigner;
import org.jspecify.annotations.Nullable;

/**
 * What signs and encrypts the messages of one session on one connection. Confined to its event loop.
 *
 * <p>There is one encryptor for each session, and so one counter of nonces for each key.
 *
 * @param signer signs and verifies
 * @param encryptor encrypts what is sent; null when no cipher was negotiated
 * @param decryptor decrypts what is received; null when no cipher was negotiated
 */
public record SessionCiphers(
    MessageSigner signer,
    @Nullable MessageEncryptor encryptor,
    @Nullable MessageDecryptor decryptor) {}
