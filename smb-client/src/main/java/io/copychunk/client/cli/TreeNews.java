package io.copychunk.client.cli;

import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.tree.TreeListener;
import io.copychunk.client.copy.tree.TreeProgress;

/** What becomes of a tree, told as the command tells it. */
final class TreeNews implements TreeListener, AutoCloseable {
  private final Copies copies;
  private final EventLog events;
  private final TreeBar bar;
  private final SmbUrl source;
  private final SmbUrl target;

  TreeNews(Copies copies, EventLog events, TreeBar bar, SmbUrl source, SmbUrl target) {
    this.copies = copies;
    this.events = events;
    this.bar = bar;
    this.source = source;
    this.target = target;
  }

  @Override
  public void copied(String path, CopyResult result) {
    copies.toldOfTree(at(source, path), at(target, path), result);
  }

  @Override
  public void wouldCopy(String path, long size) {
    copies.wouldCopy(at(source, path), at(target, path), size);
  }

  @Override
  public void finished(String path) {
    events.finished(at(source, path), at(target, path));
  }

  @Override
  public void skipped(String path, String why) {
    copies.leftOutOfTree(at(source, path), at(target, path), why);
  }

  @Override
  public void removed(String path) {
    copies.removed(at(target, path));
  }

  @Override
  public void wouldRemove(String path) {
    copies.wouldRemove(at(target, path));
  }

  @Override
  public void failed(String path, Throwable failure) {
    bar.close();
    copies.failed(at(source, path), failure);
  }

  @Override
  public void progress(TreeProgress progress) {
    bar.draw(progress);
    events.progress(source.text(), progress);
  }

  /** Where the tree is copied to. */
  String target() {
    return target.text();
  }

  private static String at(SmbUrl root, String path) {
    return path.isEmpty() ? root.text() : root.child(path.replace('\\', '/')).text();
  }

  @Override
  public void close() {
    bar.close();
  }
}
