package io.copychunk.client.copy;

/**
 * What could not be carried over although it was to be.
 *
 * @param what of which kind
 * @param reason what the server said
 */
public record Loss(Preserve what, String reason) {}
