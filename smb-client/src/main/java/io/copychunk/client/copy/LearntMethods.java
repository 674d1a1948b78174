package io.copychunk.client.copy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the methods between two shares, so that nothing is tried twice in vain. A refusal
 * that is about a file and not about the share is not remembered, nor one by a method that has worked
 * here before. Thread-safe.
 */
final class LearntMethods {
  private static final int INITIAL_WINDOW = 8;

  private final Set<CopyMethod> worked = EnumSet.noneOf(CopyMethod.class);
  private final Map<CopyMethod, String> refusals = new EnumMap<>(CopyMethod.class);
  private final Map<CopyMethod, Integer> windows = new EnumMap<>(CopyMethod.class);

  /** Why a method cannot be used here, or null when it can for all that is known. */
  synchronized @Nullable String refusal(CopyMethod method) {
    return refusals.get(method);
  }

  /** Notes that a method has moved data. */
  synchronized void worked(CopyMethod method) {
    worked.add(method);
    refusals.remove(method);
  }

  /** Whether a method has moved data. */
  synchronized boolean hasWorked(CopyMethod method) {
    return worked.contains(method);
  }

  /** Notes that a method cannot be used here. */
  synchronized void refused(CopyMethod method, String reason) {
    if (!worked.contains(method)) {
      refusals.put(method, reason);
    }
  }

  /** With how many requests under way a method is to begin. */
  synchronized int window(CopyMethod method) {
    return windows.getOrDefault(method, INITIAL_WINDOW);
  }

  /** Notes how many requests under way were of use. */
  synchronized void window(CopyMethod method, int size) {
    windows.put(method, size);
  }
}
