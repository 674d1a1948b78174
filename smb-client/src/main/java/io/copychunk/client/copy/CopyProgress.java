package io.copychunk.client.copy;

import java.time.Duration;

/**
 * How far a copy is.
 *
 * @param source the file that is copied, as {@code \\host\share\path}
 * @param bytes bytes that were copied, or are holes; 0 to {@code size}
 * @param size the size of the source in bytes
 * @param method what copied the latest of them
 * @param elapsed since the copy was begun
 * @param bytesPerSecond the rate so far; 0 at the beginning
 */
public record CopyProgress(
    String source,
    long bytes,
    long size,
    CopyMethod method,
    Duration elapsed,
    double bytesPerSecond) {}
