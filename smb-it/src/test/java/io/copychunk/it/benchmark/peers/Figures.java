package io.copychunk.it.benchmark.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the turns took, in the order in which they came. */
final class Figures {
  /**
   * What is measured.
   *
   * @param security such as signed
   * @param what the case
   * @param delay the round-trip time in milliseconds
   * @param client its name
   */
  record Key(String security, Case what, int delay, String client) {}

  private final List<String> clients;
  private final Map<Key, List<Took>> taken = new LinkedHashMap<>();

  /**
   * Creates one without figures.
   *
   * @param clients in the order in which they are shown
   */
  Figures(List<String> clients) {
    this.clients = clients;
  }

  void add(Key key, Took took) {
    taken.computeIfAbsent(key, each -> new ArrayList<>()).add(took);
  }

  /** The median, or null when it was not measured. */
  @Nullable
  Took median(Key key) {
    List<Took> all = taken.get(key);
    return all == null ? null : Took.median(all);
  }

  Set<String> securities() {
    Set<String> all = new LinkedHashSet<>();
    taken.keySet().forEach(key -> all.add(key.security()));
    return all;
  }

  Set<Case> cases(String security) {
    Set<Case> all = new LinkedHashSet<>();
    taken.keySet().stream()
        .filter(key -> key.security().equals(security))
        .forEach(key -> all.add(key.what()));
    return all;
  }

  Set<Integer> delays() {
    Set<Integer> all = new LinkedHashSet<>();
    taken.keySet().forEach(key -> all.add(key.delay()));
    return all;
  }

  /** Those that were measured at all. */
  List<String> clients() {
    return clients.stream()
        .filter(client -> taken.keySet().stream().anyMatch(key -> key.client().equals(client)))
        .toList();
  }
}
