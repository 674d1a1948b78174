package io.copychunk.client.cli;

import io.copychunk.client.config.WireListener;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens to the wire for the demo: counts frames and bytes, and describes frames in a line each. A header does not say
 * what an IOCTL is about, so the demo says it beforehand. Thread-safe.
 */
final class WireLog implements WireListener {
  /** The length in front of each frame. */
  private static final int FRAME_PREFIX = 4;

  private final List<String> lines = new ArrayList<>();
  private final List<String> compound = new ArrayList<>();
  private String ioctl = "";
  private long bytes;
  private int requestFrames;
  private int compoundSize;

  @Override
  public synchronized void onMessage(boolean sent, Smb2Header header, int size) {
    compound.add(describe(sent, header));
    compoundSize += size;
    bytes += size;
    if (header.nextCommand() != 0) {
      return;
    }
    bytes += FRAME_PREFIX;
    requestFrames += sent ? 1 : 0;
    lines.add("%s %-42s %4d bytes"
        .formatted(sent ? "→" : "←", String.join(" + ", compound), compoundSize + FRAME_PREFIX));
    compound.clear();
    compoundSize = 0;
  }

  /** Says what the next IOCTL requests are. */
  synchronized void expectIoctl(String name) {
    ioctl = name;
  }

  /** The frames since the last time. */
  synchronized List<String> takeLines() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  /** All bytes so far, in both directions, those of TCP and IP not counted. */
  synchronized long bytes() {
    return bytes;
  }

  /** All frames that were sent so far. */
  synchronized int requestFrames() {
    return requestFrames;
  }

  private String describe(boolean sent, Smb2Header header) {
    String name =
        header.command() == Command.IOCTL ? "IOCTL " + ioctl : header.command().toString();
    if (sent || header.status().equals(NtStatus.SUCCESS)) {
      return name;
    }
    return header.status().equals(NtStatus.PENDING)
        ? name + " (pending)"
        : name + " " + header.status();
  }
}
