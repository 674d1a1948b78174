package io.copychunk.client.internal.connection;

/**
 * What a session stamps on its requests.
 *
 * @param sessionId the session, or 0
 * @param treeId the tree connect, or 0
 * @param signed whether the request is to be signed and its response must be
 */
public record RequestScope(long sessionId, int treeId, boolean signed) {
  /** Of no session. */
  public static final RequestScope NONE = new RequestScope(0, 0, false);
}
