package io.copychunk.it.benchmark.peers;

/**
 * A share, and who logs in to it.
 *
 * @param host name or address
 * @param port of TCP
 * @param share its name
 * @param encrypted whether it takes encrypted messages alone; all are signed
 * @param domain of the user
 * @param user who
 * @param secret the password
 */
record Where(
    String host,
    int port,
    String share,
    boolean encrypted,
    String domain,
    String user,
    String secret) {
  char[] password() {
    return secret.toCharArray();
  }

  /** Says where, and not the password. */
  @Override
  public String toString() {
    return "//" + host + ":" + port + "/" + share;
  }
}
