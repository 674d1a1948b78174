package io.copychunk.client.copy.journal;

/**
 * What a job copies, and where to; a job may have several.
 *
 * @param source as whoever began the job calls it
 * @param target the name that the copy has in the end, as the same one calls it
 */
public record JobPart(String source, String target) {}
