package io.copychunk.client;

import io.copychunk.message.context.QueryOnDiskIdResponse;

/**
 * What tells a file from all others of its server, under whatever name (2.2.14.2.9).
 *
 * @param diskFileId of the file in its volume
 * @param volumeId of the volume
 */
public record OnDiskId(long diskFileId, long volumeId) {
  static OnDiskId of(QueryOnDiskIdResponse response) {
    return new OnDiskId(response.diskFileId(), response.volumeId());
  }
}
