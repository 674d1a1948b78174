package io.copychunk.client.internal.connection;

import io.copychunk.client.internal.transport.Protection;

/**
 * What a session stamps on its requests.
 *
 * @param sessionId the session, or 0
 * @param treeId the tree connect, or 0
 * @param protection how the request is protected, and what its response must have at least
 */
public record RequestScope(long sessionId, int treeId, Protection protection) {
  /** Of no session. */
  public static final RequestScope NONE = new RequestScope(0, 0, Protection.NONE);

  /** The same session, and no tree. */
  RequestScope withoutTree() {
    return new RequestScope(sessionId, 0, protection);
  }
}
