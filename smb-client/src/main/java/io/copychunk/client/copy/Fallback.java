package io.copychunk.client.copy;

import org.jspecify.annotations.Nullable;

/**
 * Why a method was not used for a file, or not to its end.
 *
 * @param from the method that could not
 * @param to what was tried next, or null when nothing was left
 * @param reason what the server said, or what is known about the two shares
 * @param offset where in the file it was given up, in bytes; 0 when it was not even begun
 */
public record Fallback(CopyMethod from, @Nullable CopyMethod to, String reason, long offset) {}
