package io.copychunk.testing;

import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.tree.TreeListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What the listener to the copy of a tree was told. */
public final class TreeEvents implements TreeListener {
  public final Map<String, CopyResult> copied = new ConcurrentHashMap<>();

  /** What is copied twice counts twice. */
  public final AtomicInteger copies = new AtomicInteger();

  public final Map<String, Throwable> failed = new ConcurrentHashMap<>();
  public final Map<String, String> skipped = new ConcurrentHashMap<>();
  public final Set<String> wouldCopy = ConcurrentHashMap.newKeySet();
  public final List<String> finished = new CopyOnWriteArrayList<>();

  @Override
  public void copied(String path, CopyResult result) {
    copied.put(path, result);
    copies.incrementAndGet();
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

  @Override
  public void wouldCopy(String path, long size) {
    wouldCopy.add(path);
  }
}
