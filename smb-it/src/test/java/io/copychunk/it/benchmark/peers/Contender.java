package io.copychunk.it.benchmark.peers;

import java.util.Optional;

/** A client that takes its turns. */
interface Contender extends AutoCloseable {
  String name();

  /** Whether it is the whole of the work that it does, however long that takes. */
  boolean takesAll();

  /** Whether its process stays from turn to turn. */
  boolean stays();

  /** Does it; comes to nothing where it has no way to. */
  Optional<Took> turn(Where where, Work work) throws Exception;
}
