package io.copychunk.it.benchmark;

import io.copychunk.it.benchmark.peers.Race;

/** This library and its command beside other clients; see {@link Race}. */
public final class Peers {
  private Peers() {}

  /**
   * Runs the benchmark.
   *
   * @param args see {@link Race#main}
   * @throws Exception when a server can not be started, or a client fails
   */
  public static void main(String[] args) throws Exception {
    Race.main(args);
  }
}
