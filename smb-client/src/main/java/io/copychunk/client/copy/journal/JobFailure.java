package io.copychunk.client.copy.journal;

/**
 * What a job could not copy.
 *
 * @param part the number of the part
 * @param path from its root, with backslashes; empty for the root
 * @param reason why
 */
public record JobFailure(int part, String path, String reason) {}
