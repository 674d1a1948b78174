package io.copychunk.client.copy.tree;

/**
 * What becomes of symbolic links, mount points and other reparse points of a tree. Not of those that
 * say how the server stores a file, without duplicates or in a cloud: such files are copied like all
 * others. Links that the server resolves itself and does not show, as Samba does, are no links here.
 */
public enum Links {
  /**
   * They are copied as themselves, wherever they lead. The default, for it is what users of {@code cp
   * -r} and {@code robocopy /SL} rely on: nothing is left out, nothing is there twice, and nothing from
   * outside of the tree comes in. Where the server, or this user, can not make links, each of them is
   * told as failed.
   */
  KEEP,

  /**
   * What they lead to is copied, files and directories, as far as the server follows them. A link to a
   * directory that it is in itself is left out, and told.
   */
  FOLLOW,

  /** They are left out, and the listener is told. */
  SKIP
}
