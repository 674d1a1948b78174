package io.copychunk.client;

import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.wire.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * How a session is protected.
 *
 * @param dialect the dialect that was agreed on
 * @param signing how every message is signed, or null when messages are not signed
 * @param encryption the cipher's name, or null when messages are not encrypted
 * @param user who is logged in, as domain and name
 */
public record SessionSecurity(
    Dialect dialect,
    @Nullable SigningAlgorithm signing,
    @Nullable String encryption,
    String user) {}
