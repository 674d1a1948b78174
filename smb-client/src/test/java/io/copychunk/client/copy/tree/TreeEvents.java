package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyResult;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a listener was told. */
final class TreeEvents implements TreeListener {
  final Set<String> copied = ConcurrentHashMap.newKeySet();
  final Map<String, Throwable> failed = new ConcurrentHashMap<>();
  final Map<String, String> skipped = new ConcurrentHashMap<>();
  final Set<String> wouldCopy = ConcurrentHashMap.newKeySet();

  @Override
  public void copied(String path, CopyResult result) {
    copied.add(path);
  }

  @Override
  public void failed(String path, Throwable failure) {
    failed.put(path, failure);
  }

  @Override
  public void skipped(String path, String why) {
    skipped.put(path, why);
  }

  @Override
  public void wouldCopy(String path, long size) {
    wouldCopy.add(path);
  }
}
