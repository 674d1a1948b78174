package io.copychunk.it;

import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.tree.TreeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the listener to the copy of a tree was told. */
final class TreeEvents implements TreeListener {
  final Map<String, CopyResult> copied = new ConcurrentHashMap<>();
  final Map<String, String> skipped = new ConcurrentHashMap<>();
  final Map<String, Throwable> failed = new ConcurrentHashMap<>();
  final List<String> finished = new ArrayList<>();

  @Override
  public void copied(String path, CopyResult result) {
    copied.put(path, result);
  }

  @Override
  public void finished(String path) {
    finished.add(path);
  }

  @Override
  public void skipped(String path, String why) {
    skipped.put(path, why);
  }

  @Override
  public void failed(String path, Throwable failure) {
    failed.put(path, failure);
  }
}
